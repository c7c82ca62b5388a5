/** The application on a target: its commands, run as its user with its variables. Pure: it runs nothing. */
package dragonfab.app;
