/** The system's ssh as a transport, for what our own connection cannot do. */
package dragonfab.shell.ssh.openssh;
