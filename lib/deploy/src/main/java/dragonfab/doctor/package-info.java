/** Examines this machine, the file and the targets, and names a remedy for each finding. It changes nothing. */
package dragonfab.doctor;
