import com.example.events.ApiClient;
import com.example.events.ApiException;
import com.example.events.api.PublishApi;
import com.example.events.model.CustomerPurchase;
import com.example.events.model.Problem;
import com.example.events.model.Receipt;
import java.time.OffsetDateTime;

class FirstEvent {
    public static void main(String[] arguments) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri(System.getenv("GATEWAY_URL"));
        client.setRequestInterceptor(
            request -> request.header("Authorization", "Bearer " + System.getenv("GATEWAY_API_KEY")));

        CustomerPurchase purchase = new CustomerPurchase()
            .purchaseId("java-first-event")
            .occurredAt(OffsetDateTime.parse("2026-11-22T10:00:00Z"))
            .storeId("store-017")
            .totalAmount("24.85")
            .currencyCode("EUR");
        try {
            Receipt receipt = new PublishApi(client).publishCustomerPurchase(purchase, null);
            System.out.println("accepted " + receipt.getId());
        } catch (ApiException error) {
            Problem problem = client.getObjectMapper().readValue(error.getResponseBody(), Problem.class);
            throw new IllegalStateException(problem.getType() + ": " + problem.getDetail(), error);
        }
    }
}
