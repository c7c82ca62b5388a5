package dragonfab.database.clone;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Column names that speak of people or open doors, in the commonest languages, written as in snake_case. */
final class PersonalDataNames {
    private static final String NUMBERS = "phones?|telephone|tel|mobile|cellphone|landline|fax|handy|telefon|telefono"
            + "|telefone|telefoon|ssn|passport|tax_id|national_id|cpf|bsn|kontonummer|tel_?nr|telefonnummer|rufnummer"
            + "|mobilnummer|handynummer|movil|celular|telemovel|cellulare|mobiel|telefoonnummer|komorka|cep_?tel|tc_?kimlik"
            + "|tckn|pesel|snils|dni|nif|curp|shouji|shouji_?hao|dianhua|shenfenzheng|denwa|denwa_?bangou?|téléphone"
            + "|teléfono|móvil|телефон|手机|电话|電話|電話番号|身份证";
    private static final String BIRTH = "birth|birthday|birthdate|born|dob|geburt|geburtstag|geburtsdatum|geb_?dat(um)?"
            + "|geb_?tag|naissance|nacimiento|fecha_?nac|nascita|nascimento|data_?nasc|geboorte|geboortedatum|urodzenia"
            + "|data_?ur|dogum|dogum_?tarihi|rozhdeniya|narodzhennya|shengri|seinengappi|tanjoubi|doğum|рождения"
            + "|народження|生日|生年月日|誕生日";
    private static final String PEOPLE = "e_?mails?|e_?mail_address|mail|courriel|correo|posta|username|user_name|login"
            + "|first_?name|last_?name|middle_?name|given_?name|family_?name|full_?name|nick_?name|maiden_?name"
            + "|real_?name|sur_?name|fname|lname|contact_?name|vorname|nachname|familienname|prenom|nom_de_famille"
            + "|apellidos?|nombre_completo|cognome|sobrenome|voornaam|achternaam"
            + "|authors?|author_?name|customers?|customer_?name|client|client_?name|contact|contact_?person|search_?text"
            + "|recipients?|sender|attendees?|employee|employee_?name|patient|beneficiary|account_?holder|card_?holder"
            + "|kunden?|kunden_?name|ansprechpartner(in)?|kontakt|kontaktperson|benutzer|benutzer_?name|mitarbeiter"
            + "|bearbeiter|empfaenger|absender|verfasser|autor|autorin|kontoinhaber|auteur|destinataire|expediteur"
            + "|utilisateur|cliente|autora|usuario|contacto|remitente|destinatario|correo_?electronico|autore|utente"
            + "|referente|mittente|contatto|utilizador|remetente|contato|klant|klantnaam|gebruiker|gebruikersnaam"
            + "|contactpersoon|klient|imie|nazwisko|uzytkownik|odbiorca|nadawca|avtor|imya|familiya|otchestvo|pochta"
            + "|polzovatel|prizvyshche|musteri|yazar|ad_?soyad|soyadi?|eposta|kullanici|kullanici_?adi|xing_?ming"
            + "|youxiang|kehu|lianxiren|zuozhe|yonghuming|shimei|namae|kokyaku|tantousha|chosha|furigana|prénom|empfänger"
            + "|expéditeur|imię|użytkownik|müşteri|kullanıcı|soyadı|клиент|клієнт|автор|имя|фамилия|отчество|прізвище"
            + "|почта|пошта|пользователь|користувач|姓名|邮箱|客户|联系人|作者|用户名|氏名|名前|顧客|担当者|著者";
    private static final String PLACES = "address(es)?|addr|street|zip|zip_?code|post_?code|postal_?code|city|town"
            + "|suburb|adresse|anschrift|strasse|plz|wohnort|code_postal|ville|rue"
            + "|direccion|calle|ciudad|indirizzo|citta"
            + "|straat|woonplaats|endereco|cidade|cep|ip|ip_?addr|ip_?address|remote_?addr|mac_?address|geo_?location"
            + "|line_?[1-4]|address_?line|hausnummer|hausnr|house_?number|postleitzahl|domicilio|codigo_?postal|comune"
            + "|morada|bairro|adres|huisnummer|ulica|miasto|kod_?pocztowy|ulitsa|gorod|sokak|cadde|sehir|posta_?kodu"
            + "|dizhi|juusho|jusho|yuubin_?bangou?|straße|dirección|città|endereço|şehir|адрес|адреса|улица|вулиця|город"
            + "|місто|地址|住所|郵便番号";
    private static final String ACCOUNTS = "iban|bic|bank_?account|account_?number|card_?number|credit_?card"
            + "|vat_?number|codice_fiscale|partita_?iva|steuernummer|driver_?licen[cs]e";
    private static final String DOORS = "pass_?words?|pass_?wd|passwort|kennwort|mot_de_passe|contrasena|pwd|secrets?"
            + "|tokens?|api_?keys?|private_?key|session_?data|otp|recovery_?codes?|credentials?|user_?agent"
            + "|senha|wachtwoord|haslo|parol|sifre|parola|mima|contraseña|hasło|şifre|пароль|密码";

    /** For the database's own regular expressions as well as ours. */
    static final String PATTERN = whole(String.join("|", NUMBERS, BIRTH, PEOPLE, PLACES, ACCOUNTS, DOORS));

    /** About such a thing, and not the thing itself. */
    private static final Pattern ABOUT = Pattern.compile("(?<!tax|national)_"
            + "(id|uuid|type|kind|status|count|format|template|verified|expires|expiry)$");
    private static final Pattern ANY = Pattern.compile(PATTERN);
    private static final Pattern OF_NUMBERS = Pattern.compile(whole(NUMBERS));
    private static final Pattern OF_DATES = Pattern.compile(whole(BIRTH));
    private static final Set<String> NUMBER_KINDS = Set.of("int2", "int4", "int8", "numeric");

    private PersonalDataNames() {
    }

    /** @param kind of the column: flags are never personal by name, numbers and dates seldom */
    static boolean fit(String column, String kind) {
        var name = column.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replaceAll("[^\\p{L}\\p{N}]+", "_")
                .toLowerCase(Locale.ROOT);
        if (NUMBER_KINDS.contains(kind)) {
            return personal(OF_NUMBERS, name);
        }
        return kind.equals("date") ? personal(OF_DATES, name) : !kind.equals("bool") && personal(ANY, name);
    }

    private static boolean personal(Pattern words, String name) {
        return words.matcher(name).find() && !ABOUT.matcher(name).find();
    }

    private static String whole(String words) {
        return "(^|_)(" + words + ")[0-9]*(_|$)";
    }
}
