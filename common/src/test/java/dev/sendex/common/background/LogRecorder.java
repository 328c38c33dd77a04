package dev.sendex.common.background;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/// Records what a class logs until it is closed.
public final class LogRecorder extends Handler {

    private static final Formatter MESSAGE = new PatternFormatter("%s");

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Logger logger;

    public LogRecorder(Class<?> source) {
        logger = Logger.getLogger(source.getName());
        logger.addHandler(this);
    }

    public List<String> levels() {
        return records.stream().map(record -> record.getLevel().getName()).toList();
    }

    public List<String> errors() {
        return records.stream()
                .filter(record -> record.getLevel().getName().equals("ERROR"))
                .map(MESSAGE::format)
                .toList();
    }

    @Override
    public void publish(LogRecord record) {
        records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
