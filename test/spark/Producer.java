import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends lines of a key, a tab and a value to a topic of two partitions: java Producer.java SERVERS TOPIC < lines */
class Producer {
  public static void main(String[] args) throws Exception {
    // The broker may not be there yet.
    Map<String, Object> settings = Map.of("bootstrap.servers", args[0], "default.api.timeout.ms", 120000);
    try (Admin admin = Admin.create(settings)) {
      if (!admin.listTopics().names().get().contains(args[1]))
        admin.createTopics(List.of(new NewTopic(args[1], 2, (short) 1))).all().get();
    }
    StringSerializer text = new StringSerializer();
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings, text, text)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split("\t", 2);
        producer.send(new ProducerRecord<>(args[1], parts[0], parts[1]));
      }
    }
  }
}
