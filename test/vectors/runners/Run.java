/** Runs the vectors of one group or analysis against the rules of the page, written here once more: Run.java DIRECTORY. */
import java.nio.file.*; import java.util.*; import java.util.regex.*;
class Run {
  static final List<String> ORDER = List.of("INITIAL", "PROCESSING", "FAILED", "DECLINED", "OPERATOR_REQUIRED", "SUCCESS");
  /** A small reader of JSON: objects become maps, arrays lists, and all else the text as it stands. */
  static final Pattern TOKEN = Pattern.compile("[{}\\[\\],:]|\"((?:[^\"\\\\]|\\\\.)*)\"|[^\\s{}\\[\\],:]+");
  static Object read(Matcher at) {
    if (at.find() && at.group().equals("{") || at.group().equals("[")) {
      boolean object = at.group().equals("{");
      var map = new LinkedHashMap<String, Object>(); var list = new ArrayList<Object>();
      for (Object item = read(at); !"]".equals(item) && !"}".equals(item); item = read(at)) {
        if (object && !",".equals(item) && at.find()) map.put((String) item, read(at)); // find skips the colon
        else if (!",".equals(item)) list.add(item);
      }
      return object ? map : list;
    }
    return at.group(1) != null ? at.group(1) : at.group();
  }
  static String worst(List<String> statuses, boolean declinedIsWorse) {
    var swapped = declinedIsWorse ? Map.of("FAILED", "DECLINED", "DECLINED", "FAILED") : Map.<String, String>of();
    return statuses.stream().min(Comparator.comparing(status -> ORDER.indexOf(swapped.getOrDefault(status, status)))).orElse("null");
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
    for (var file : new java.io.File(args[0]).listFiles((in, name) -> name.endsWith(".jsonl")))
      for (String line : Files.readAllLines(file.toPath())) {
        var vector = (Map<String, Object>) read(TOKEN.matcher(line));
        var given = (Map<String, Object>) vector.getOrDefault("given", Map.of());
        var reading = (Map<String, String>) vector.getOrDefault("reading", Map.of());
        var expected = (Map<String, Object>) vector.get("expected");
        boolean declinedIsWorse = "declined".equals(reading.get("failed-beside-declined"));
        boolean enabled = !"never".equals(given.get("operatorRequired")), decides = "allowed".equals(reading.get("operator-decision"));
        Object found, wanted;
        if (given.containsKey("statuses")) {
          found = worst((List<String>) given.get("statuses"), declinedIsWorse); wanted = expected.get("worst");
        } else if (given.containsKey("analysis") || given.containsKey("group")) {
          var alone = (Map<String, String>) given.get("analysis");
          var members = alone != null ? List.of(alone) : ((Map<String, List<Map<String, String>>>) given.get("group")).get("analyses");
          found = ((List<Map<String, String>>) vector.get("events")).stream().map(event -> {
            var one = members.stream().filter(each -> alone != null || each.get("id").equals(event.get("id"))).findFirst();
            var next = one.map(each -> after(each, event, enabled, decides));
            next.ifPresent(status -> one.get().put("resolution", status));
            String accepted = "" + next.isPresent(), result = worst(members.stream().map(each -> each.get("resolution")).toList(), declinedIsWorse);
            return alone == null ? List.of(accepted, result) : List.of(accepted, List.of("PROCESSING", "FAILED").contains(result) ? result : "FINISHED", result);
          }).toList();
          wanted = ((List<Map<String, String>>) expected.get("projections")).stream().map(each -> List.copyOf(each.values())).toList();
        } else { notRun++; continue; }
        if (found.equals(wanted)) agree++; else { differ++; System.out.println(vector.get("id") + ": expected " + wanted + ", received " + found); }
      }
    System.out.println(agree + " agree, " + differ + " differ, " + notRun + " not run");
    System.exit(agree > 0 && differ == 0 ? 0 : 1);
  }
}
