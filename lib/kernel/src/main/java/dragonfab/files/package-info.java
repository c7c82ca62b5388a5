/** Files of this machine: checksums, private folders, and files that appear whole or not at all. */
package dragonfab.files;
