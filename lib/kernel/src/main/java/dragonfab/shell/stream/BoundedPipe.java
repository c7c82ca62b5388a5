package dragonfab.shell.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/**
 * Bytes on their way from one thread to another, through a piece of memory that does not grow.
 *
 * <p>All that was written before the writer closed is read. What is written after the reader closed is an error, as
 * with a pipe of the kernel; but there is no way through the kernel, and room for both sides to work at their own pace.
 */
final class BoundedPipe {
    private static final int CAPACITY = 1 << 18;

    private final byte[] bytes = new byte[CAPACITY];
    private final Entry writer = new Entry();
    private final Exit reader = new Exit();
    private int begin;
    private int filled;
    private boolean ended;
    private boolean readerClosed;

    OutputStream writer() {
        return writer;
    }

    InputStream reader() {
        return reader;
    }

    private synchronized int put(byte[] from, int offset, int length) throws IOException {
        while (filled == CAPACITY && !readerClosed && !ended) {
            pause();
        }
        if (readerClosed || ended) {
            throw new IOException("Broken pipe");
        }
        int end = (begin + filled) % CAPACITY;
        int size = Math.min(length, Math.min(CAPACITY - filled, CAPACITY - end));
        System.arraycopy(from, offset, bytes, end, size);
        if (filled == 0) {
            notifyAll();
        }
        filled += size;
        return size;
    }

    private synchronized int take(byte[] to, int offset, int length) throws IOException {
        while (filled == 0 && !readerClosed && !ended) {
            pause();
        }
        if (readerClosed) {
            throw new IOException("Stream closed");
        }
        if (filled == 0) {
            return -1;
        }
        int size = Math.min(length, Math.min(filled, CAPACITY - begin));
        System.arraycopy(bytes, begin, to, offset, size);
        if (filled == CAPACITY) {
            notifyAll();
        }
        begin = (begin + size) % CAPACITY;
        filled -= size;
        return size;
    }

    private void pause() throws IOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    private synchronized void closeReader() {
        readerClosed = true;
        notifyAll();
    }

    /** Where it goes in. */
    private final class Entry extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            for (int done = 0; done < length;) {
                done += put(from, offset + done, length - done);
            }
        }

        @Override
        public void close() {
            end();
        }
    }

    /** Where it comes out. */
    private final class Exit extends InputStream {
        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            return length == 0 ? 0 : take(to, offset, length);
        }

        @Override
        public void close() {
            closeReader();
        }
    }
}
