package dragonfab.transfer;

import dragonfab.shell.stream.LineSplitter;
import dragonfab.shell.stream.Tail;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** The output of both halves of an rsync for people, sorted while it comes: progress, changes, and all else. */
public final class RsyncOutput {
    private final LongConsumer progress;
    private final Consumer<String> changed;
    private final Tail tail = new Tail();
    private final Tail skipped = new Tail();
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicInteger deletions = new AtomicInteger();
    private final AtomicLong transferred = new AtomicLong();
    private final LineSplitter sender = new LineSplitter(this::read);
    private final LineSplitter receiver = new LineSplitter(this::read);

    /**
     * @param progress gets how many bytes came so far
     * @param changed  gets the line of each change
     */
    public RsyncOutput(LongConsumer progress, Consumer<String> changed) {
        this.progress = progress;
        this.changed = changed;
    }

    public LineSplitter sender() {
        return sender;
    }

    public LineSplitter receiver() {
        return receiver;
    }

    /** Last lines may lack their ends. */
    public void end() {
        sender.close();
        receiver.close();
    }

    public int deletions() {
        return deletions.get();
    }

    /** Bytes that went there and back, as far as rsync told. */
    long transferred() {
        return transferred.get();
    }

    public boolean unchanged() {
        return changes.get() == 0;
    }

    public String summary() {
        return unchanged() ? "" : changes.get() + (changes.get() == 1 ? " change" : " changes");
    }

    public List<String> tail() {
        return tail.lines();
    }

    /** What is no file, and did not come over. */
    public List<String> skipped() {
        return skipped.lines();
    }

    private void read(String line) {
        var bytes = Rsync.progress(line);
        if (bytes.isPresent()) {
            progress.accept(bytes.getAsLong());
        } else if (Rsync.isChange(line)) {
            changes.incrementAndGet();
            deletions.addAndGet(Rsync.isDeletion(line) ? 1 : 0);
            changed.accept(line);
        } else if (Rsync.transferred(line).isPresent()) {
            transferred.set(Rsync.transferred(line).getAsLong());
        } else if (Rsync.files(line).isPresent()) {
            changes.addAndGet(Rsync.files(line).getAsInt());
        } else if (Rsync.skipped(line).isPresent()) {
            skipped.add(Rsync.skipped(line).get());
        } else if (!Rsync.isStatistic(line)) {
            tail.add(line);
        }
    }
}
