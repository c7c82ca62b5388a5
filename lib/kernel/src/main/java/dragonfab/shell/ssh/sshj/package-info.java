/** Our own SSH connection, over which several commands run at once. The only code that names sshj and BouncyCastle. */
package dragonfab.shell.ssh.sshj;
