using System;
using System.Collections.Generic;
using System.Linq;
using BusinessEvents.Api;
using BusinessEvents.Client;
using BusinessEvents.Model;
using Newtonsoft.Json;

/// <summary>Everything a sender does, and what it must see; throws where it sees something else.</summary>
class Walk
{
    static readonly DateTimeOffset OccurredAt = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    readonly PublishApi publish = new PublishApi(ConfigurationWith(Environment.GetEnvironmentVariable("GATEWAY_API_KEY")));
    readonly EventsApi events = new EventsApi(ConfigurationWith(Environment.GetEnvironmentVariable("GATEWAY_API_KEY")));

    static void Main()
    {
        var walk = new Walk();
        Receipt first = walk.PublishBoth();
        walk.MeetProblems();
        walk.PublishBatch(first);
        walk.Read(first.Id);
    }

    Receipt PublishBoth()
    {
        Receipt first = publish.PublishCustomerPurchase(PurchaseWithLines());
        Console.WriteLine("accepted " + first.Id);

        var payment = new VendorPaymentPosted(
            paymentId: "csharp-payment-1",
            occurredAt: OccurredAt,
            vendorNumber: "V-csharp",
            companyCode: "DE01",
            amount: "18250.00",
            currencyCode: "EUR",
            postingDate: new DateTime(2026, 11, 22),
            invoiceNumbers: new List<string> { "INV-1", "INV-2" });
        Console.WriteLine("accepted " + publish.PublishVendorPaymentPosted(payment).Id);

        ApiResponse<Receipt> repeated = publish.PublishCustomerPurchaseWithHttpInfo(PurchaseWithLines());
        Claim(repeated.Data.Id == first.Id, "a repeat is the same event");
        Claim(repeated.Headers["idempotency-replayed"].Single() == "true", "and says so");
        return first;
    }

    void MeetProblems()
    {
        Problem reused = Refused(() => publish.PublishCustomerPurchase(Purchase("csharp-1")));
        Claim(reused.Status == 422 && reused.Type == "/problems/idempotency-key-reused", "a reused key");

        Problem invalid = Refused(() => publish.PublishCustomerPurchase(Purchase("csharp-2", email: "nobody")));
        Claim(invalid.Status == 400 && invalid.Errors.Single().Pointer == "/email", "the fault is pointed at");

        Claim(Refused(() => events.GetEvent(Guid.Empty)).Status == 404, "an unknown event");

        var stranger = new EventTypesApi(ConfigurationWith("no-key"));
        Claim(Refused(() => stranger.ListEventTypes()).Status == 401, "a stranger");
    }

    void PublishBatch(Receipt first)
    {
        var offline = new List<CustomerPurchase> { Purchase("csharp-3"), PurchaseWithLines(), Purchase("csharp-4", email: "nobody") };
        ApiResponse<BatchResult> answer = publish.PublishCustomerPurchaseBatchWithHttpInfo(new CustomerPurchaseBatch(offline));
        BatchResult batch = answer.Data;
        Claim((int)answer.StatusCode == 207, "some are refused");
        Claim(batch.Accepted == 1 && batch.Repeated == 1 && batch.Refused == 1, "each is counted");
        Claim(batch.Results[0].Result == ItemResult.ResultEnum.Accepted, "each has a result");
        Claim(batch.Results[1].Receipt.Id == first.Id, "a known one its receipt");
        ItemResult refused = batch.Results[2];
        Claim(refused.Receipt == null && refused.Problem.Errors.Single().Pointer == "/email", "a refused one a problem");
        Console.WriteLine("accepted " + batch.Results[0].Receipt.Id);
    }

    void Read(Guid id)
    {
        Event found = events.GetEvent(id, include: "data", prefer: "wait=30");
        Claim(found.Status == EventStatus.Delivered && found.DeliveredAt >= found.AcceptedAt, "the event is delivered");
        Claim(found.OrderingKey == null && (string)found.Data["storeId"] == "store-csharp", "its members");

        BusinessEvents.Model.Attempt attempt = events.GetEventAttempts(id).Attempts.Single();
        Claim(attempt.Outcome == BusinessEvents.Model.Attempt.OutcomeEnum.Delivered, "its attempt");
        Claim(attempt.HttpStatus == 204 && attempt.ErrorCode == null, "the attempt's nullable members");

        EventPage page = events.ListEvents(type: "CustomerPurchase", source: "store-csharp", limit: 10);
        Claim(page.Events.Count == 2 && page.Events[1].Id == id && page.Next == null, "the list holds the event");

        EventSummary summary = events.SummarizeEvents(source: "store-csharp");
        Claim(summary.Total.Accepted == 2 && summary.Rows[0].Type == "CustomerPurchase", "the summary counts the events");
    }

    static CustomerPurchase PurchaseWithLines()
    {
        var line = new PurchaseLine(sku: "TEA-EARL-GREY-100", quantity: "2", unitPrice: "9.95");
        return Purchase("csharp-1", lines: new List<PurchaseLine> { line });
    }

    static CustomerPurchase Purchase(string purchaseId, string email = null, List<PurchaseLine> lines = null)
    {
        return new CustomerPurchase(
            purchaseId: purchaseId,
            occurredAt: OccurredAt,
            storeId: "store-csharp",
            totalAmount: "24.85",
            currencyCode: "EUR",
            email: email,
            lines: lines);
    }

    static Configuration ConfigurationWith(string apiKey)
    {
        return new Configuration { BasePath = Environment.GetEnvironmentVariable("GATEWAY_URL"), AccessToken = apiKey };
    }

    /// <summary>The problem that a call is answered with.</summary>
    static Problem Refused(Action call)
    {
        try
        {
            call();
        }
        catch (ApiException error)
        {
            return JsonConvert.DeserializeObject<Problem>((string)error.ErrorContent);
        }
        throw new InvalidOperationException("the call was to be refused");
    }

    static void Claim(bool holds, string what)
    {
        if (!holds) throw new InvalidOperationException("does not hold: " + what);
    }
}
