package dragonfab.deploy;

import dragonfab.config.CountOrPercent;
import java.util.ArrayList;
import java.util.List;

/** Targets cut into batches, in their order; together they are all of them. */
public final class Batches {

    private Batches() {
    }

    /** @param sizes of all targets each; the last goes on until none is left, and without any there is one batch */
    public static <T> List<List<T>> of(List<CountOrPercent> sizes, List<T> all) {
        if (sizes.isEmpty()) {
            return List.of(List.copyOf(all));
        }
        var batches = new ArrayList<List<T>>();
        int begun = 0;
        while (begun < all.size()) {
            var size = sizes.get(Math.min(batches.size(), sizes.size() - 1)).of(all.size());
            int end = Math.min(all.size(), begun + size);
            batches.add(List.copyOf(all.subList(begun, end)));
            begun = end;
        }
        return batches;
    }
}
