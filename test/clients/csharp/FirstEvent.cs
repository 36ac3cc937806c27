using System;
using BusinessEvents.Api;
using BusinessEvents.Client;
using BusinessEvents.Model;
using Newtonsoft.Json;

class FirstEvent
{
    static void Main()
    {
        var configuration = new Configuration
        {
            BasePath = Environment.GetEnvironmentVariable("GATEWAY_URL"),
            AccessToken = Environment.GetEnvironmentVariable("GATEWAY_API_KEY"),
        };
        var purchase = new CustomerPurchase(
            purchaseId: "csharp-first-event",
            occurredAt: new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero),
            storeId: "store-017",
            totalAmount: "24.85",
            currencyCode: "EUR");
        try
        {
            Receipt receipt = new PublishApi(configuration).PublishCustomerPurchase(purchase);
            Console.WriteLine("accepted " + receipt.Id);
        }
        catch (ApiException error)
        {
            var problem = JsonConvert.DeserializeObject<Problem>((string)error.ErrorContent);
            throw new InvalidOperationException(problem.Type + ": " + problem.Detail, error);
        }
    }
}
