/** What both SSH transports share: settings, the user's SSH configuration, known_hosts, keys and prompts. */
package dragonfab.shell.ssh;
