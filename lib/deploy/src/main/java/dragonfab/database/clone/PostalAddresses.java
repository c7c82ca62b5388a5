package dragonfab.database.clone;

/** How postal addresses are written in a few languages, as far as a street, a number or a code tells them. */
final class PostalAddresses {
    private static final String NUMBER_FIRST = "\\m[0-9]+[a-z]?,? ([[:upper:]][[:alpha:]']+ ){1,3}(Street|St|Road|Rd"
            + "|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Square|Terrace|Close)\\M"
            + "|\\m[0-9]+,? (bis |ter )?(rue|Rue|boulevard|Boulevard|chemin|impasse|allée|avenue) [[:alpha:]]";
    private static final String NUMBER_LAST = "\\m([Rr]oad|[Ss]treet|[Aa]venue|[Ll]ane|Strasse|Str\\.|Straße|Allee"
            + "|Platz|Weg) [0-9]+\\M|[[:alpha:]](strasse|straße|str\\.|gasse|allee|platz|straat|laan|gracht|plein|kade"
            + "|dijk|weg) ?[0-9]+[a-z]?\\M";
    private static final String KIND_FIRST = "\\m([Cc]alle|[Aa]venida|Avda\\.|[Pp]laza|[Pp]aseo|[Vv]iale|Via|[Pp]iazza"
            + "|[Cc]orso|[Rr]ua|[Tt]ravessa|Praça|ul\\.|al\\.|os\\.|ulitsa|vul\\.|ул\\.|улица|вул\\.|вулиця|проспект"
            + "|пер\\.) ?[[:upper:]][^0-9;]{1,40}[0-9]+"
            + "|\\m(Sokak|Sok\\.|Sokağı|Cad\\.|Caddesi|Bulvarı|Mah\\.|Mahallesi)[^;]{0,40}[0-9]+";
    private static final String CODES =
            "\\m(GIR|[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-HJKMNPR-Y]?) [0-9][ABD-HJLNP-UW-Z]{2}\\M"
                    + "|路[0-9]+号|街[0-9]+号|道[0-9]+号|巷[0-9]+号|[0-9]丁目|〒[0-9]{3}-[0-9]{4}";

    /** For the database's regular expressions alone. */
    static final String PATTERN = String.join("|", NUMBER_FIRST, NUMBER_LAST, KIND_FIRST, CODES);

    private PostalAddresses() {
    }
}
