package dragonfab.config;

/** The web server in front of the application, if any. */
public enum WebServer { NGINX, APACHE, CADDY, NONE }
