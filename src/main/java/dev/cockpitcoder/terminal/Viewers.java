package dev.cockpitcoder.terminal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.cockpitcoder.problem.ProblemException;

/** Who looks at a terminal, and which of them is in control: the one who typed last, or took it. Safe for several threads. */
final class Viewers {
    private static final int MAX = 64;
    /** So few are most likely the answer to a key. */
    static final int FEW_BYTES = 1024;

    private final List<Viewer> all = new CopyOnWriteArrayList<>();
    private volatile Viewer controller;
    private volatile AnnouncedEnd end;

    /** Control stays with who has it, also over a new connection. */
    synchronized void add(Viewer viewer) {
        if (all.size() >= MAX) {
            throw ProblemException.tooMany("This terminal has " + MAX + " viewers: close one first.", 10);
        }
        all.add(viewer);
        if (controller != null
                && controller.who().isSameAs(viewer.who())
                && !viewer.who().readOnly()) {
            controller = viewer;
        }
    }

    /** @return false when it was not there */
    synchronized boolean remove(Viewer viewer) {
        if (controller == viewer) {
            controller = null;
        }
        return all.remove(viewer);
    }

    /** @return false when it has control already, or may not have it */
    synchronized boolean give(Viewer viewer) {
        if (controller == viewer || viewer.who().readOnly() || !all.contains(viewer)) {
            return false;
        }
        controller = viewer;
        return true;
    }

    /** @return false when it has no control */
    synchronized boolean takeBack(Viewer viewer) {
        boolean had = controller == viewer;
        if (had) {
            controller = null;
        }
        return had;
    }

    /** Null when nobody is. */
    Viewer controller() {
        return controller;
    }

    /** Those a lossless program waits for. */
    List<Viewer> thatCount() {
        Viewer only = controller;
        return only == null ? all : List.of(only);
    }

    /** Whose terminal answers what was asked before this offset: of those who saw it live who is in control, or the first. Null: nobody. */
    Viewer answering(long offset) {
        Viewer first = controller;
        if (first != null && first.liveFrom() < offset) {
            return first;
        }
        return all.stream()
                .filter(viewer -> !viewer.who().readOnly() && viewer.liveFrom() < offset)
                .findFirst()
                .orElse(null);
    }

    List<Viewer> all() {
        return all;
    }

    void wake() {
        all.forEach(Viewer::wake);
    }

    /**
     * For the reading thread, when it has read so many bytes. Few of them are most likely the answer to a key: who is in control
     * gets it from this thread, which saves a change of threads, and needs no worker.
     */
    void wakeFromReader(int count) {
        Viewer first = controller;
        boolean served = count <= FEW_BYTES && first != null && first.sendsAtOnce() && first.sendNow();
        for (Viewer viewer : all) {
            if (!(served && viewer == first) && viewer.hasRoom()) {
                viewer.wakeForOutput();
            }
        }
    }

    /** Tells all, and as long as an end is announced also who comes later. */
    void announce(PtyMessage.Notice notice) {
        if (notice.endsIn() != null) {
            end = new AnnouncedEnd(notice, System.nanoTime());
        } else if (notice.code().equals(PtyMessage.Notice.STAYS)) {
            end = null;
        }
        tell(notice);
    }

    private record AnnouncedEnd(PtyMessage.Notice notice, long at) {
        PtyMessage.Notice now() {
            Duration left = notice.endsIn().minusNanos(System.nanoTime() - at);
            return new PtyMessage.Notice(notice.code(), notice.message(), left.isNegative() ? Duration.ZERO : left);
        }
    }

    /** Tells a new one what the others know. */
    void brief(Viewer viewer) {
        AnnouncedEnd known = end;
        if (known != null) {
            viewer.told(known.now());
        }
    }

    void tell(PtyMessage.FromServer news) {
        all.forEach(viewer -> viewer.told(news));
    }

    /** Tells each who is here. */
    void introduce() {
        Viewer inControl = controller;
        Who controls = inControl == null ? null : inControl.who();
        List<Who> everyone = all.stream().map(Viewer::who).toList();
        all.forEach(viewer -> viewer.told(new PtyMessage.Present(viewer.who(), controls, everyone)));
    }
}
