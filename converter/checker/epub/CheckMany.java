// EPUBCheck on many books in one JVM: one line of JSON for each message, and one without a code when a book is done.
// Books are called by their number, from 0: their names need not survive the way through the locale.
import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.messages.Severity;
import com.adobe.epubcheck.util.ReportingLevel;
import com.adobe.epubcheck.api.MasterReport;
import com.adobe.epubcheck.util.FeatureEnum;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

public class CheckMany {
    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : (text == null ? "" : text).toCharArray()) {
            if (c == '"' || c == '\\') out.append('\\').append(c);
            else if (c < ' ') out.append(String.format("\\u%04x", (int) c));
            else out.append(c);
        }
        return out.append('"').toString();
    }

    public static void main(String[] books) throws Exception {
        final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (int i = 0; i < books.length; i++) {
            final int number = i;
            MasterReport report = new MasterReport() {
                @Override
                public void message(Message message, EPUBLocation where, Object... args) {
                    if (message.getSeverity() == Severity.SUPPRESSED) return;
                    out.println("{\"book\":" + number + ",\"code\":" + quoted(message.getID().toString())
                        + ",\"severity\":" + quoted(message.getSeverity().toString())
                        + ",\"path\":" + quoted(where.getPath()) + ",\"line\":" + where.getLine()
                        + ",\"message\":" + quoted(message.getMessage(args)) + "}");
                }
                @Override
                public void info(String resource, FeatureEnum feature, String value) { }
                @Override
                public int generate() { return 0; }
                @Override
                public void initialize() { }
            };
            report.setReportingLevel(ReportingLevel.Usage);
            new EpubCheck(new File(books[i]), report).doValidate();
            out.println("{\"book\":" + number + ",\"code\":\"\"}");
        }
    }
}
