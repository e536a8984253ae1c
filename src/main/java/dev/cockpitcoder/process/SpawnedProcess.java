package dev.cockpitcoder.process;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.sun.jna.Memory;
import com.sun.jna.Native;

/** A child of this server. It is waited for from its start, so that it leaves no zombie. */
final class SpawnedProcess extends Process {
    private static final int REAPER_STACK_BYTES = 256 << 10;
    private static final int IDLE_SECONDS = 10;
    private static final int SIGNAL_BITS = 0x7f;
    private static final int BY_SIGNAL = 0x80;
    private static final int CODE_SHIFT = 8;
    private static final int CODE_BITS = 0xff;
    private static final int EINTR = 4;

    /** As the Java runtime has them for its own processes: one for each that runs, and nobody joins them. */
    private static final ExecutorService REAPERS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(null, task, "process-reaper", REAPER_STACK_BYTES, false);
                thread.setDaemon(true);
                thread.setContextClassLoader(null);
                return thread;
            });

    private final int pid;
    private final ProcessHandle handle;
    private final OutputStream input;
    private final InputStream output;
    private final InputStream errors;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    /** Guarded by this: once it is true the number may be another process's. */
    private boolean reaped;

    SpawnedProcess(int pid, OutputStream input, InputStream output, InputStream errors) {
        this.pid = pid;
        // now, while the number is certainly its
        this.handle = ProcessHandle.of(pid).orElseThrow();
        this.input = input;
        this.output = output;
        this.errors = errors;
        REAPERS.execute(this::reap);
    }

    private void reap() {
        try (Memory information = Libc.structure()) {
            // until it has ended; it stays there, and keeps its number
            while (Libc.waitid(Libc.P_PID, pid, information, Libc.WEXITED | Libc.WNOWAIT) != 0) {
                if (Native.getLastError() != EINTR) {
                    break;
                }
            }
        }
        collect();
    }

    private synchronized void collect() {
        int[] status = new int[1];
        reaped = true;
        if (Libc.waitpid(pid, status, 0) == pid) {
            int signal = status[0] & SIGNAL_BITS;
            exit.complete(signal == 0 ? status[0] >> CODE_SHIFT & CODE_BITS : BY_SIGNAL + signal);
        } else {
            exit.completeExceptionally(
                    new IllegalStateException("errno " + Native.getLastError() + ": somebody else collected it"));
        }
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public ProcessHandle toHandle() {
        return handle;
    }

    @Override
    public OutputStream getOutputStream() {
        return input;
    }

    @Override
    public InputStream getInputStream() {
        return output;
    }

    @Override
    public InputStream getErrorStream() {
        return errors;
    }

    @Override
    public boolean isAlive() {
        return !exit.isDone();
    }

    @Override
    public int waitFor() throws InterruptedException {
        try {
            return exit.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Process " + pid + " cannot be waited for", e);
        }
    }

    @Override
    public boolean waitFor(long time, TimeUnit unit) throws InterruptedException {
        try {
            exit.get(time, unit);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Process " + pid + " cannot be waited for", e);
        }
    }

    @Override
    public int exitValue() {
        if (isAlive()) {
            throw new IllegalThreadStateException("process " + pid + " has not exited");
        }
        return exit.join();
    }

    @Override
    public CompletableFuture<Process> onExit() {
        return exit.thenApply(code -> this);
    }

    @Override
    public boolean supportsNormalTermination() {
        return true;
    }

    @Override
    public void destroy() {
        send(Signal.TERM);
    }

    @Override
    public Process destroyForcibly() {
        send(Signal.KILL);
        return this;
    }

    private synchronized void send(Signal signal) {
        if (!reaped) {
            signal.send(pid);
        }
    }
}
