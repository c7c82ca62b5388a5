/** Files of this machine or a web server: checksums, private folders, and files that appear whole or not at all. */
package dragonfab.files;
