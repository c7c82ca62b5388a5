package dragonfab.web;

import dragonfab.lab.OnContainers;

@OnContainers
class NginxSiteTest extends ClosedSite {

    NginxSiteTest() {
        super("nginx", "nginx", "/etc/nginx/sites-enabled/guestbook");
    }

    @Override
    String line() {
        return "include /etc/nginx/dragonfab/guestbook/*.conf;";
    }

    @Override
    String site(String line) {
        return """
                server {
                    listen 80;
                    server_name guestbook.test;
                    %s
                    location /static/ { alias /srv/app/static/; }
                    location / { proxy_pass http://127.0.0.1:8000; }
                }
                """.formatted(line);
    }
}
