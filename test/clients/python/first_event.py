import os
from datetime import datetime, timezone

from business_events import ApiClient, ApiException, Configuration, CustomerPurchase, PublishApi

configuration = Configuration(host=os.environ["GATEWAY_URL"], access_token=os.environ["GATEWAY_API_KEY"])

purchase = CustomerPurchase(
    purchase_id="python-first-event",
    occurred_at=datetime(2026, 11, 22, 10, 0, tzinfo=timezone.utc),
    store_id="store-017",
    total_amount="24.85",
    currency_code="EUR",
)

with ApiClient(configuration) as client:
    try:
        receipt = PublishApi(client).publish_customer_purchase(purchase)
        print("accepted", receipt.id)
    except ApiException as error:
        raise SystemExit(f"{error.status} {error.data.type}: {error.data.detail}")
