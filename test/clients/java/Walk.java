import com.example.events.ApiClient;
import com.example.events.ApiException;
import com.example.events.ApiResponse;
import com.example.events.api.EventTypesApi;
import com.example.events.api.EventsApi;
import com.example.events.api.PublishApi;
import com.example.events.model.Attempt;
import com.example.events.model.BatchResult;
import com.example.events.model.CustomerPurchase;
import com.example.events.model.CustomerPurchaseBatch;
import com.example.events.model.Event;
import com.example.events.model.EventPage;
import com.example.events.model.EventStatus;
import com.example.events.model.EventSummary;
import com.example.events.model.ItemResult;
import com.example.events.model.Problem;
import com.example.events.model.PurchaseLine;
import com.example.events.model.Receipt;
import com.example.events.model.VendorPaymentPosted;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Everything a sender does, and what it must see; throws where it sees something else. */
class Walk {
    private static final OffsetDateTime OCCURRED_AT = OffsetDateTime.parse("2026-11-22T10:00:00Z");

    private final ApiClient client = clientWith(System.getenv("GATEWAY_API_KEY"));
    private final PublishApi publish = new PublishApi(client);
    private final EventsApi events = new EventsApi(client);

    public static void main(String[] arguments) throws Exception {
        Walk walk = new Walk();
        Receipt first = walk.publishBoth();
        walk.meetProblems();
        walk.publishBatch(first);
        walk.read(first.getId());
    }

    private Receipt publishBoth() throws ApiException {
        CustomerPurchase purchase = purchaseWithLines();
        Receipt first = publish.publishCustomerPurchase(purchase, null);
        System.out.println("accepted " + first.getId());

        VendorPaymentPosted payment = new VendorPaymentPosted()
            .paymentId("java-payment-1")
            .occurredAt(OCCURRED_AT)
            .vendorNumber("V-java")
            .companyCode("DE01")
            .amount("18250.00")
            .currencyCode("EUR")
            .postingDate(LocalDate.parse("2026-11-22"))
            .invoiceNumbers(List.of("INV-1", "INV-2"));
        System.out.println("accepted " + publish.publishVendorPaymentPosted(payment, null).getId());

        ApiResponse<Receipt> repeated = publish.publishCustomerPurchaseWithHttpInfo(purchase, null);
        claim(repeated.getData().getId().equals(first.getId()), "a repeat is the same event");
        claim(repeated.getHeaders().get("idempotency-replayed").equals(List.of("true")), "and says so");
        return first;
    }

    private void meetProblems() throws Exception {
        Problem reused = refused(client, () -> publish.publishCustomerPurchase(purchase("java-1"), null));
        claim(reused.getStatus() == 422, "the status of a reused key");
        claim(reused.getType().toString().equals("/problems/idempotency-key-reused"), "the type of a reused key");

        Problem invalid = refused(client, () -> publish.publishCustomerPurchase(purchase("java-2").email("x"), null));
        claim(invalid.getErrors().get(0).getPointer().equals("/email"), "the fault is pointed at");

        Problem unknown = refused(client, () -> events.getEvent(new UUID(0, 0), null, null));
        claim(unknown.getStatus() == 404, "the status of an unknown event");

        Problem stranger = refused(client, () -> new EventTypesApi(clientWith("no-key")).listEventTypes());
        claim(stranger.getStatus() == 401, "the status of a stranger");
    }

    private void publishBatch(Receipt first) throws ApiException {
        CustomerPurchaseBatch offline = new CustomerPurchaseBatch()
            .events(List.of(purchase("java-3"), purchaseWithLines(), purchase("java-4").email("nobody")));
        ApiResponse<BatchResult> answer = publish.publishCustomerPurchaseBatchWithHttpInfo(offline);
        BatchResult batch = answer.getData();
        claim(answer.getStatusCode() == 207, "some are refused");
        claim(batch.getAccepted() == 1 && batch.getRepeated() == 1 && batch.getRefused() == 1, "each is counted");
        claim(batch.getResults().get(0).getResult() == ItemResult.ResultEnum.ACCEPTED, "each has a result");
        claim(batch.getResults().get(1).getReceipt().getId().equals(first.getId()), "a known one its receipt");
        ItemResult refused = batch.getResults().get(2);
        claim(refused.getReceipt() == null, "a refused one has none");
        claim(refused.getProblem().getErrors().get(0).getPointer().equals("/email"), "but a problem");
        System.out.println("accepted " + batch.getResults().get(0).getReceipt().getId());
    }

    private void read(UUID id) throws ApiException {
        Event event = events.getEvent(id, "data", "wait=30");
        claim(event.getStatus() == EventStatus.DELIVERED, "the event is delivered");
        claim(!event.getDeliveredAt().isBefore(event.getAcceptedAt()), "its instants");
        claim(event.getOrderingKey() == null, "its nullable members");
        claim(event.getData().get("storeId").equals("store-java"), "its content");

        List<Attempt> attempts = events.getEventAttempts(id).getAttempts();
        claim(attempts.size() == 1, "one attempt");
        claim(attempts.get(0).getOutcome() == Attempt.OutcomeEnum.DELIVERED, "its outcome");
        claim(attempts.get(0).getHttpStatus() == 204, "its status");
        claim(attempts.get(0).getErrorCode() == null, "its nullable members");

        EventPage page = events.listEvents(
            "CustomerPurchase", null, null, null, "store-java", null, null, null, null, null, null, 10);
        claim(page.getEvents().size() == 2 && page.getEvents().get(1).getId().equals(id), "the list holds the event");
        claim(page.getNext() == null, "and has no next page");

        EventSummary summary = events.summarizeEvents(null, null, null, "store-java", null, null);
        claim(summary.getTotal().getAccepted() == 2, "the summary counts the events");
        claim(summary.getRows().get(0).getType().equals("CustomerPurchase"), "by type");
    }

    private static CustomerPurchase purchaseWithLines() {
        return purchase("java-1")
            .addLinesItem(new PurchaseLine().sku("TEA-EARL-GREY-100").quantity("2").unitPrice("9.95"));
    }

    private static CustomerPurchase purchase(String purchaseId) {
        return new CustomerPurchase()
            .purchaseId(purchaseId)
            .occurredAt(OCCURRED_AT)
            .storeId("store-java")
            .totalAmount("24.85")
            .currencyCode("EUR");
    }

    private static ApiClient clientWith(String apiKey) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(System.getenv("GATEWAY_URL"));
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + apiKey));
        return client;
    }

    private interface Call {
        void make() throws ApiException;
    }

    /** The problem that a call is answered with. */
    private static Problem refused(ApiClient client, Call call) throws Exception {
        try {
            call.make();
        } catch (ApiException error) {
            return client.getObjectMapper().readValue(error.getResponseBody(), Problem.class);
        }
        throw new AssertionError("the call was to be refused");
    }

    private static void claim(boolean holds, String what) {
        if (!holds) throw new AssertionError("does not hold: " + what);
    }
}
