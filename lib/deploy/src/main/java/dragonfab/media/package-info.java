/** Brings the uploaded files of one environment to another; only what differs travels. */
package dragonfab.media;
