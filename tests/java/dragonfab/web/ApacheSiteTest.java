package dragonfab.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dragonfab.lab.OnContainers;
import org.junit.jupiter.api.Test;

@OnContainers
class ApacheSiteTest extends ClosedSite {

    ApacheSiteTest() {
        super("apache", "apache2", "/etc/apache2/sites-enabled/guestbook.conf",
                "/etc/apache2/conf-enabled/broken.conf");
    }

    @Override
    String line() {
        return "IncludeOptional /etc/apache2/dragonfab/guestbook/*.conf";
    }

    @Override
    String site(String line) {
        return """
                <VirtualHost *:80>
                    ServerName guestbook.test
                    %s
                    Alias /static/ /srv/app/static/
                    <Directory /srv/app/static>
                        Require all granted
                    </Directory>
                    ProxyPass /static/ !
                    ProxyPass / http://127.0.0.1:8000/
                </VirtualHost>
                """.formatted(line);
    }

    @Override
    String certified(String line) {
        return """
                <VirtualHost *:443>
                    ServerName guestbook.test
                    %s
                    Protocols h2 http/1.1
                    SSLEngine on
                    SSLCertificateFile /srv/c.pem
                    SSLCertificateKeyFile /srv/k.pem
                    SSLCACertificateFile /srv/c.pem
                    SSLVerifyClient require
                    ProxyPass / http://127.0.0.1:8000/
                </VirtualHost>
                """.formatted(line);
    }

    @Test
    void aSecondVirtualHostOfTheSameApplicationIsNamedOrClosedUnderItsOwnNameAndPort() {
        var admin = """
                Listen 81
                <VirtualHost *:81>
                    ServerName other.test
                    Redirect 404 /
                </VirtualHost>
                <VirtualHost *:81>
                    ServerName admin.test
                    %s
                    ProxyPass / http://localhost:8000/
                </VirtualHost>
                """;
        serve(site(line()) + admin.formatted(""));

        var ran = web("maintenance");

        assertEquals(3, ran.exit(), ran.toString());
        assertTrue(ran.err().contains("sites-enabled/guestbook.conf:16 (admin.test) has not the line"), ran.err());
        assertEquals("200", status("http://admin.test:81/"));

        serve(site(line()) + admin.formatted(line()));
        switched("maintenance");
        assertEquals("503", status("http://admin.test:81/"));
        assertEquals("404", status("http://other.test:81/"));
        switched("live");
        assertEquals("200", status("http://admin.test:81/"));
    }
}
