package dragonfab.config;

/** What hosts are reached by: a connection of this process, or the system's own ssh. */
public enum Transport {
    SSHJ, OPENSSH
}
