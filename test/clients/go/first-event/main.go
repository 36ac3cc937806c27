package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"time"

	"example.com/events"
)

func main() {
	configuration := events.NewConfiguration()
	configuration.Servers = events.ServerConfigurations{{URL: os.Getenv("GATEWAY_URL")}}
	client := events.NewAPIClient(configuration)
	ctx := context.WithValue(context.Background(), events.ContextAccessToken, os.Getenv("GATEWAY_API_KEY"))

	occurredAt := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	purchase := events.NewCustomerPurchase("go-first-event", occurredAt, "store-017", "24.85", "EUR")

	receipt, _, err := client.PublishAPI.PublishCustomerPurchase(ctx).CustomerPurchase(*purchase).Execute()
	var refusal *events.GenericOpenAPIError
	if errors.As(err, &refusal) {
		problem := refusal.Model().(events.Problem)
		log.Fatalf("%s: %s", problem.Type, problem.Detail)
	}
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("accepted", receipt.Id)
}
