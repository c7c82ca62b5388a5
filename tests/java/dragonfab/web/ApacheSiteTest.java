package dragonfab.web;

import dragonfab.lab.OnContainers;

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
}
