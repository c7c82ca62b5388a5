package dragonfab.database;

import java.util.Locale;

/** How an archive of a database is made small on its way: by zstd around it, by gzip inside of it, or not at all. */
public enum Compression {
    ZSTD, GZIP, NONE;

    public static Compression of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How the name of a file ends that holds such an archive. */
    public String suffix() {
        return this == ZSTD ? ".dump.zst" : ".dump";
    }
}
