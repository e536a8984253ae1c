package dev.cockpitcoder.terminal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.cockpitcoder.problem.ProblemException;

/** Who looks at a terminal, and which of them is in control: the one who typed last, or took it. Safe for several threads. */
final class Viewers {
    private static final int MAX = 64;

    private final List<Viewer> all = new CopyOnWriteArrayList<>();
    private volatile Viewer controller;

    /** Control stays with who has it, also over a new connection. */
    synchronized void add(Viewer viewer) {
        if (all.size() >= MAX) {
            throw ProblemException.tooMany("This terminal has " + MAX + " viewers: close one first.", 10);
        }
        all.add(viewer);
        if (controller != null && controller.who().isSameAs(viewer.who())) {
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

    List<Viewer> all() {
        return all;
    }

    void wake() {
        all.forEach(Viewer::wake);
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
