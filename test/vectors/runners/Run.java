/** Runs the vectors of one group or analysis against the rules of the page, written here once more: Run.java DIRECTORY. */
import java.nio.file.*;
import java.util.*;
import java.util.regex.*;
class Run {
  static final List<String> ORDER = List.of("INITIAL", "PROCESSING", "FAILED", "DECLINED", "OPERATOR_REQUIRED", "SUCCESS");
  /** A small reader of JSON: objects become maps, arrays lists, and all else the text as it stands. */
  static final Pattern TOKEN = Pattern.compile("[{}\\[\\],:]|\"((?:[^\"\\\\]|\\\\.)*)\"|[^\\s{}\\[\\],:]+");
  static Object read(Matcher at) {
    if (at.find() && at.group().equals("{") || at.group().equals("[")) {
      boolean object = at.group().equals("{");
      var map = new LinkedHashMap<String, Object>();
      var list = new ArrayList<Object>();
      for (Object item = read(at); !"]".equals(item) && !"}".equals(item); item = read(at)) {
        if (object && !",".equals(item) && at.find()) map.put((String) item, read(at)); // find skips the colon
        else if (!",".equals(item)) list.add(item);
      }
      return object ? map : list;
    }
    return at.group(1) != null ? at.group(1) : at.group();
  }
  static String worst(List<String> statuses, boolean declinedIsWorse) {
    var order = new ArrayList<>(ORDER);
    if (declinedIsWorse) Collections.swap(order, ORDER.indexOf("FAILED"), ORDER.indexOf("DECLINED"));
    return statuses.stream().min(Comparator.comparingInt(order::indexOf)).orElse("null");
  }
  /** The resolution after an event, or null where it is refused. */
  static String after(Map<String, String> analysis, Map<String, String> event, boolean enabled, boolean decides) {
    String old = analysis.get("resolution"), result = event.get("resolution");
    if (event.get("type").equals("operator.decided")) return old.equals("OPERATOR_REQUIRED") && decides ? result : null;
    boolean barred = "OPERATOR_REQUIRED".equals(result) && (analysis.get("kind").equalsIgnoreCase("QUALITY") || !enabled);
    return !old.equals("PROCESSING") || barred ? null : result == null ? "FAILED" : result;
  }
  @SuppressWarnings("unchecked") public static void main(String[] args) throws Exception {
    int agree = 0, differ = 0, notRun = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(args[0]), "*.jsonl")) {
      for (Path file : files) for (String line : Files.readAllLines(file)) {
        var vector = (Map<String, Object>) read(TOKEN.matcher(line));
        var given = (Map<String, Object>) vector.getOrDefault("given", Map.of());
        var reading = (Map<String, String>) vector.getOrDefault("reading", Map.of());
        var expected = (Map<String, Object>) vector.get("expected");
        Object found, wanted;
        if (given.containsKey("statuses")) {
          found = worst((List<String>) given.get("statuses"), "declined".equals(reading.get("failed-beside-declined")));
          wanted = expected.get("worst");
        } else if (given.containsKey("analysis")) {
          var analysis = (Map<String, String>) given.get("analysis");
          var event = ((List<Map<String, String>>) vector.get("events")).get(0);
          String next = after(analysis, event, !"never".equals(given.get("operatorRequired")), "allowed".equals(reading.get("operator-decision")));
          String shown = next == null ? analysis.get("resolution") : next;
          found = List.of("" + (next != null), List.of("PROCESSING", "FAILED").contains(shown) ? shown : "FINISHED", shown);
          wanted = List.copyOf(((List<Map<String, Object>>) expected.get("projections")).get(0).values());
        } else { notRun++; continue; }
        if (found.equals(wanted)) agree++; else { differ++; System.out.println(vector.get("id") + ": expected " + wanted + ", received " + found); }
      }
    }
    System.out.println(agree + " agree, " + differ + " differ, " + notRun + " not run");
    System.exit(agree > 0 && differ == 0 ? 0 : 1);
  }
}
