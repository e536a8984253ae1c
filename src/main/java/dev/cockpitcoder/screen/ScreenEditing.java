package dev.cockpitcoder.screen;

/** The sequences that erase, insert, delete and scroll. */
final class ScreenEditing {
    private final Drawing drawing;

    ScreenEditing(Drawing drawing) {
        this.drawing = drawing;
    }

    private Buffer buffer() {
        return drawing.buffer();
    }

    private Pen blank() {
        return drawing.pen().erasing();
    }

    /** @return false for a sequence of another kind */
    boolean does(String signature, ControlSequence s) {
        switch (signature) {
            case "@" -> insertCharacters(s.steps(0));
            case "P" -> deleteCharacters(s.steps(0));
            case "X" -> eraseCharacters(s.steps(0));
            case "J" -> eraseInScreen(s.parameter(0), false);
            case "?J" -> eraseInScreen(s.parameter(0), true);
            case "K" -> eraseInLine(s.parameter(0), false);
            case "?K" -> eraseInLine(s.parameter(0), true);
            case "L" -> insertLines(s.steps(0));
            case "M" -> deleteLines(s.steps(0));
            case "S" -> scrollUp(s.steps(0));
            case "T" -> scrollDown(s.steps(0));
            case " @" -> shiftColumns(0, s.steps(0), false);
            case " A" -> shiftColumns(0, s.steps(0), true);
            case "'}" -> shiftColumns(buffer().x % buffer().cols(), s.steps(0), true);
            case "'~" -> shiftColumns(buffer().x % buffer().cols(), s.steps(0), false);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void insertCharacters(int count) {
        drawing.restrict(buffer().cols() - 1);
        drawing.insertCells(buffer().line(), buffer().x, count, blank());
    }

    private void deleteCharacters(int count) {
        drawing.restrict(buffer().cols() - 1);
        drawing.deleteCells(buffer().line(), buffer().x, count, blank());
    }

    private void eraseCharacters(int count) {
        drawing.restrict(buffer().cols() - 1);
        drawing.eraseCells(buffer().line(), buffer().x, buffer().x + count, false);
    }

    private void eraseInScreen(int which, boolean selective) {
        Buffer at = buffer();
        drawing.restrict(at.cols());
        switch (which) {
            case 0 -> {
                eraseToTheRight(selective);
                eraseLines(at.y + 1, at.rows(), selective);
            }
            case 1 -> {
                eraseToTheLeft(selective);
                at.line().wrapped(false);
                if (at.x + 1 >= at.cols() && at.y + 1 < at.rows()) {
                    at.line(at.y + 1).wrapped(false);
                }
                eraseLines(0, at.y, selective);
            }
            case 2 -> eraseLines(0, at.rows(), selective);
            case 3 -> {
                if (!drawing.alternate()) {
                    drawing.history().clear();
                }
            }
            default -> {}
        }
    }

    private void eraseInLine(int which, boolean selective) {
        Buffer at = buffer();
        drawing.restrict(at.cols());
        switch (which) {
            case 0 -> eraseToTheRight(selective);
            case 1 -> eraseToTheLeft(selective);
            case 2 -> {
                drawing.eraseCells(at.line(), 0, at.cols(), selective);
                at.line().wrapped(false);
            }
            default -> {}
        }
    }

    private void eraseToTheRight(boolean selective) {
        Buffer at = buffer();
        drawing.eraseCells(at.line(), at.x, at.cols(), selective);
        if (at.x == 0) {
            at.line().wrapped(false);
        }
    }

    private void eraseToTheLeft(boolean selective) {
        drawing.eraseCells(buffer().line(), 0, buffer().x + 1, selective);
    }

    private void eraseLines(int from, int to, boolean selective) {
        for (int i = from; i < to; i++) {
            Row line = buffer().line(i);
            if (selective) {
                line.fillUnprotected(0, buffer().cols(), blank());
            } else {
                line.clear(buffer().cols(), blank());
            }
            line.wrapped(false);
        }
    }

    private void insertLines(int count) {
        drawing.restrict(buffer().cols() - 1);
        if (buffer().cursorInRegion()) {
            for (int i = 0; i < Math.min(count, buffer().rows()); i++) {
                buffer().insertLine(buffer().y, blank());
            }
            buffer().x = 0;
        }
    }

    private void deleteLines(int count) {
        drawing.restrict(buffer().cols() - 1);
        if (buffer().cursorInRegion()) {
            for (int i = 0; i < Math.min(count, buffer().rows()); i++) {
                buffer().deleteLine(buffer().y, blank());
            }
            buffer().x = 0;
        }
    }

    private void scrollUp(int count) {
        for (int i = 0; i < Math.min(count, buffer().rows()); i++) {
            buffer().deleteLine(buffer().top, blank());
        }
    }

    private void scrollDown(int count) {
        for (int i = 0; i < Math.min(count, buffer().rows()); i++) {
            buffer().insertLine(buffer().top, Pen.PLAIN);
        }
    }

    private void shiftColumns(int x, int count, boolean right) {
        Buffer at = buffer();
        if (!at.cursorInRegion()) {
            return;
        }
        for (int i = at.top; i <= at.bottom; i++) {
            if (right) {
                drawing.insertCells(at.line(i), x, count, blank());
            } else {
                drawing.deleteCells(at.line(i), x, count, blank());
            }
            at.line(i).wrapped(false);
        }
    }

    /** DECALN: a screen full of E. */
    void align() {
        drawing.moveTo(0, 0);
        for (int i = 0; i < buffer().rows(); i++) {
            buffer().line(i).cover(buffer().cols(), 'E', drawing.pen());
            buffer().line(i).wrapped(false);
        }
        drawing.moveTo(0, 0);
    }
}
