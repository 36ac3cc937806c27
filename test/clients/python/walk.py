"""Everything a sender does, and what it must see; ends with an assertion where it sees something else."""

import os
from datetime import date, datetime, timezone
from uuid import UUID

from business_events import (
    ApiClient,
    ApiException,
    CloudEvent,
    Configuration,
    CustomerPurchase,
    CustomerPurchaseBatch,
    EventsApi,
    EventStatus,
    EventTypesApi,
    PublishApi,
    PurchaseLine,
    VendorPaymentPosted,
)
from business_events.exceptions import BadRequestException, NotFoundException, UnauthorizedException

OCCURRED_AT = datetime(2026, 11, 22, 10, 0, tzinfo=timezone.utc)


def purchase(purchase_id, **more):
    return CustomerPurchase(
        purchase_id=purchase_id,
        occurred_at=OCCURRED_AT,
        store_id="store-python",
        total_amount="24.85",
        currency_code="EUR",
        **more,
    )


def refused(expected, call):
    """The problem that a call is answered with."""
    try:
        call()
    except expected as error:
        return error.data
    raise AssertionError(f"was to be refused with {expected.__name__}")


def walk(client):
    publish, events = PublishApi(client), EventsApi(client)

    lines = [PurchaseLine(sku="TEA-EARL-GREY-100", quantity="2", unit_price="9.95")]
    first = publish.publish_customer_purchase(purchase("python-1", lines=lines, email=None))
    print("accepted", first.id)
    assert isinstance(first.id, UUID) and first.accepted_at.tzinfo is not None

    payment = VendorPaymentPosted(
        payment_id="python-payment-1",
        occurred_at=OCCURRED_AT,
        vendor_number="V-python",
        company_code="DE01",
        amount="18250.00",
        currency_code="EUR",
        posting_date=date(2026, 11, 22),
        invoice_numbers=["INV-1", "INV-2"],
    )
    paid = publish.publish_vendor_payment_posted(payment)
    print("accepted", paid.id)

    repeated = publish.publish_customer_purchase_with_http_info(purchase("python-1", lines=lines))
    assert repeated.data.id == first.id and repeated.headers["idempotency-replayed"] == "true"

    reused = refused(ApiException, lambda: publish.publish_customer_purchase(purchase("python-1")))
    assert (reused.status, reused.type) == (422, "/problems/idempotency-key-reused")

    invalid = refused(
        BadRequestException, lambda: publish.publish_customer_purchase(purchase("python-2", email="nobody"))
    )
    assert invalid.type == "/problems/invalid-event" and invalid.errors[0].pointer == "/email"

    offline = [purchase("python-3"), purchase("python-1", lines=lines), purchase("python-4", email="nobody")]
    batch = publish.publish_customer_purchase_batch(CustomerPurchaseBatch(events=offline))
    assert [item.result for item in batch.results] == ["accepted", "repeated", "refused"]
    assert (batch.accepted, batch.repeated, batch.refused) == (1, 1, 1)
    assert batch.results[1].receipt.id == first.id
    assert batch.results[2].receipt is None and batch.results[2].problem.errors[0].pointer == "/email"
    print("accepted", batch.results[0].receipt.id)

    content = purchase("python-5").to_dict() | {"storeId": "store-python-cloud"}
    cloud_event = CloudEvent(specversion="1.0", id="5", source="/python", type="CustomerPurchase", data=content)
    print("accepted", publish.publish_cloud_event(cloud_event).actual_instance.id)

    event = events.get_event(first.id, include="data", prefer="wait=30")
    assert event.status == EventStatus.DELIVERED and event.delivered_at >= event.accepted_at
    assert event.ordering_key is None and event.data["lines"][0]["unitPrice"] == "9.95"

    [attempt] = events.get_event_attempts(first.id).attempts
    assert attempt.outcome == "delivered" and attempt.http_status == 204 and attempt.error_code is None

    page = events.list_events(type="CustomerPurchase", source="store-python", limit=10)
    assert [event.key for event in page.events] == ["python-3", "python-1"] and page.next is None

    summary = events.summarize_events(source="store-python")
    assert summary.total.accepted == 2 and summary.rows[0].type == "CustomerPurchase"

    unknown = UUID(int=0)
    assert refused(NotFoundException, lambda: events.get_event(unknown)).type == "/problems/not-found"
    names = [found.name for found in EventTypesApi(client).list_event_types().event_types]
    assert names == ["CustomerPurchase", "VendorPaymentPosted"]


url, api_key = os.environ["GATEWAY_URL"], os.environ["GATEWAY_API_KEY"]
with ApiClient(Configuration(host=url, access_token=api_key)) as client:
    walk(client)
with ApiClient(Configuration(host=url, access_token="no-key")) as client:
    problem = refused(UnauthorizedException, lambda: EventTypesApi(client).list_event_types())
    assert problem.type == "/problems/unauthenticated"
