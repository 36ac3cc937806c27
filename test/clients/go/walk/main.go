// Walk does everything a sender does, and ends with a failure where it sees anything but what it must see.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"time"

	"example.com/events"
)

var occurredAt = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

func purchase(id string) *events.CustomerPurchase {
	return events.NewCustomerPurchase(id, occurredAt, "store-go", "24.85", "EUR")
}

func main() {
	log.SetFlags(log.Lshortfile)
	configuration := events.NewConfiguration()
	configuration.Servers = events.ServerConfigurations{{URL: os.Getenv("GATEWAY_URL")}}
	client := events.NewAPIClient(configuration)
	ctx := context.WithValue(context.Background(), events.ContextAccessToken, os.Getenv("GATEWAY_API_KEY"))

	first := publishBoth(ctx, client)
	repeatAndRefuse(ctx, client, first)
	publishBatch(ctx, client, first)
	publishCloudEvent(ctx, client)
	read(ctx, client, first)

	stranger := context.WithValue(context.Background(), events.ContextAccessToken, "no-key")
	_, _, err := client.EventTypesAPI.ListEventTypes(stranger).Execute()
	mustBeProblem(err, 401, "/problems/unauthenticated")
}

func purchaseWithLines() *events.CustomerPurchase {
	withLines := purchase("go-1")
	withLines.SetLines([]events.PurchaseLine{*events.NewPurchaseLine("TEA-EARL-GREY-100", "2", "9.95")})
	withLines.SetEmailNil()
	return withLines
}

func publishBoth(ctx context.Context, client *events.APIClient) *events.Receipt {
	withLines := purchaseWithLines()
	first, _, err := client.PublishAPI.PublishCustomerPurchase(ctx).CustomerPurchase(*withLines).Execute()
	must(err)
	fmt.Println("accepted", first.Id)

	payment := events.NewVendorPaymentPosted("go-payment-1", occurredAt, "V-go", "DE01", "18250.00", "EUR")
	payment.SetPostingDate("2026-11-22")
	payment.SetInvoiceNumbers([]string{"INV-1", "INV-2"})
	paid, _, err := client.PublishAPI.PublishVendorPaymentPosted(ctx).VendorPaymentPosted(*payment).Execute()
	must(err)
	fmt.Println("accepted", paid.Id)

	repeated, answer, err := client.PublishAPI.PublishCustomerPurchase(ctx).CustomerPurchase(*withLines).Execute()
	must(err)
	claim(repeated.Id == first.Id && answer.Header.Get("Idempotency-Replayed") == "true", "a repeat is the same event")
	return first
}

func repeatAndRefuse(ctx context.Context, client *events.APIClient, first *events.Receipt) {
	_, _, err := client.PublishAPI.PublishCustomerPurchase(ctx).CustomerPurchase(*purchase("go-1")).Execute()
	mustBeProblem(err, http.StatusUnprocessableEntity, "/problems/idempotency-key-reused")

	invalid := purchase("go-2")
	invalid.SetEmail("nobody")
	_, _, err = client.PublishAPI.PublishCustomerPurchase(ctx).CustomerPurchase(*invalid).Execute()
	problem := mustBeProblem(err, http.StatusBadRequest, "/problems/invalid-event")
	claim(problem.Errors[0].Pointer == "/email", "the fault is pointed at")

	_, _, err = client.EventsAPI.GetEvent(ctx, "00000000-0000-0000-0000-000000000000").Execute()
	mustBeProblem(err, http.StatusNotFound, "/problems/not-found")
}

func publishBatch(ctx context.Context, client *events.APIClient, first *events.Receipt) {
	invalid := purchase("go-4")
	invalid.SetEmail("nobody")
	offline := events.NewCustomerPurchaseBatch([]events.CustomerPurchase{*purchase("go-3"), *purchaseWithLines(), *invalid})
	batch, answer, err := client.PublishAPI.PublishCustomerPurchaseBatch(ctx).CustomerPurchaseBatch(*offline).Execute()
	must(err)
	claim(answer.StatusCode == http.StatusMultiStatus, "some are refused")
	claim(batch.Accepted == 1 && batch.Repeated == 1 && batch.Refused == 1, "each is counted")
	claim(batch.Results[0].Result == "accepted" && batch.Results[1].Receipt.Id == first.Id, "each has a result")
	refused := batch.Results[2]
	claim(refused.Receipt == nil && refused.Problem.Errors[0].Pointer == "/email", "a refused one has its problem")
	fmt.Println("accepted", batch.Results[0].Receipt.Id)
}

func publishCloudEvent(ctx context.Context, client *events.APIClient) {
	content, err := purchase("go-5").ToMap()
	must(err)
	content["storeId"] = "store-go-cloud"
	event := events.NewCloudEvent("1.0", "5", "/go", "com.example.CustomerPurchase")
	event.SetData(content)
	answer, _, err := client.PublishAPI.PublishCloudEvent(ctx).CloudEvent(*event).Execute()
	must(err)
	fmt.Println("accepted", answer.Receipt.Id)
}

func read(ctx context.Context, client *events.APIClient, first *events.Receipt) {
	event, _, err := client.EventsAPI.GetEvent(ctx, first.Id).Include("data").Prefer("wait=30").Execute()
	must(err)
	claim(event.Status == events.DELIVERED, "the event is delivered")
	claim(!event.DeliveredAt.Get().Before(event.AcceptedAt) && event.OrderingKey.Get() == nil, "nullable members")
	claim(event.Data["storeId"] == "store-go", "the content is read back")

	timeline, _, err := client.EventsAPI.GetEventAttempts(ctx, first.Id).Execute()
	must(err)
	attempt := timeline.Attempts[0]
	claim(len(timeline.Attempts) == 1 && attempt.Outcome == "delivered", "one attempt, delivered")
	claim(*attempt.HttpStatus.Get() == 204 && attempt.ErrorCode.Get() == nil, "the attempt's nullable members")

	page, _, err := client.EventsAPI.ListEvents(ctx).Type_("CustomerPurchase").Source("store-go").Limit(10).Execute()
	must(err)
	claim(len(page.Events) == 2 && page.Events[1].Id == first.Id && page.Next.Get() == nil, "the list holds the event")

	summary, _, err := client.EventsAPI.SummarizeEvents(ctx).Source("store-go").Execute()
	must(err)
	claim(summary.Total.Accepted == 2 && summary.Rows[0].Type == "CustomerPurchase", "the summary counts the events")
}

func mustBeProblem(err error, status int32, name string) events.Problem {
	var refusal *events.GenericOpenAPIError
	if !errors.As(err, &refusal) {
		log.Fatalf("no problem but %v", err)
	}
	problem, typed := refusal.Model().(events.Problem)
	claim(typed && problem.Status == status && problem.Type == name, name)
	return problem
}

func must(err error) {
	if err != nil {
		log.Output(2, err.Error())
		os.Exit(1)
	}
}

func claim(holds bool, what string) {
	if !holds {
		log.Output(2, "does not hold: "+what)
		os.Exit(1)
	}
}
