import { describe, expect, it } from '@jest/globals';
import { CloudEvent as SdkEvent } from 'cloudevents';
import { readContext } from '../../src/receipts/context/read-context.js';
import { toCloudEvent } from '../../src/receipts/context/to-cloud-event.js';
import { readSample } from './support/read-sample.js';

const ID = '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70';

describe('the CloudEvent of a purchase', () => {
  const event = toCloudEvent(readContext(readSample('purchase-raised')));

  it('has the attributes of the event', () => {
    expect(event).toMatchObject({
      specversion: '1.0',
      id: ID,
      source: 'https://pos.contoso.com/stores/017',
      type: 'contoso_CustomerPurchase',
      time: '2026-11-22T10:00:00.000Z',
      datacontenttype: 'application/json',
      correlationid: 'c31a0ebc-a565-4f85-b5ff-34e0742ddba7',
      requestid: 'c846237f-6775-4e38-927d-baf0858d0cc3',
      operationid: '927bf722-c5b6-ef11-a72f-6045bd213099',
      stepid: 'e9811dab-abb6-ef11-a72f-6045bd213099',
      organizationid: '29c6e552-e16f-ef11-a66b-6045bd1e7d8b',
      tag: ID,
    });
    expect(event).not.toHaveProperty('subject');
  });

  it('has the parameters in plain JSON, written as the REST endpoints write them', () => {
    expect(event.data).toMatchObject({
      EventId: ID,
      PurchaseId: 'S017-T3-20261122-000482',
      OccurredAt: '2026-11-22T10:00:00.000Z',
      TotalAmount: '24.850',
      ContactId: '0f8fad5b-d9cb-469f-a165-70867728950e',
    });
  });

  it('is named as the source of the event named it, if that is asked for', () => {
    const named = toCloudEvent(readContext(readSample('purchase-raised')), {
      source: '/stores/017',
      type: 'com.contoso.CustomerPurchase',
      subject: 'S017-T3-20261122-000482',
      nameOf: (parameter) => parameter.charAt(0).toLowerCase() + parameter.slice(1),
    });
    expect(named).toMatchObject({
      source: '/stores/017',
      type: 'com.contoso.CustomerPurchase',
      subject: 'S017-T3-20261122-000482',
      data: { purchaseId: 'S017-T3-20261122-000482', totalAmount: '24.850' },
    });
  });
});

describe('a CloudEvent', () => {
  it.each(['contact-created', 'purchase-raised', 'purchase-stripped', 'all-value-types'])(
    "is one for the specification's own SDK: %s",
    (name) => {
      const event = toCloudEvent(readContext(readSample(name)));
      expect(new SdkEvent({ ...event }).validate()).toBe(true);
      expect(Object.keys(event).every((attribute) => /^[a-z0-9]{1,20}$/.test(attribute))).toBe(true);
      expect(JSON.parse(JSON.stringify(event))).toEqual(event);
    },
  );

  it('of what was stripped has no data', () => {
    const event = toCloudEvent(readContext(readSample('purchase-stripped')));
    expect(event).toMatchObject({ id: ID, time: '2026-11-22T10:00:01.000Z' });
    expect(event).not.toHaveProperty('data');
    expect(event).not.toHaveProperty('datacontenttype');
  });

  it('of a message about a row has it for its subject', () => {
    expect(toCloudEvent(readContext(readSample('contact-created')))).toMatchObject({
      id: 'b1b1d88b-90ea-ea11-a815-000d3a86a3ce',
      type: 'Create',
      subject: 'contact/a2b1d88b-90ea-ea11-a815-000d3a86a3ce',
      data: { Target: { statecode: 0, createdon: '2020-08-30T07:15:23.000Z', exchangerate: '1.0' } },
    });
  });

  it('has whole decimals as texts where they are named', () => {
    const text =
      '{"InputParameters":[{"key":"Quantity","value":2},{"key":"Count","value":2}],"MessageName":"X","OperationId":"o"}';
    const { data } = toCloudEvent(readContext(text), { decimals: ['Quantity'] });
    expect(data).toEqual({ Quantity: '2', Count: 2 });
  });

  it.each<[string, string, string]>([
    ['spaces', 'Store 17', 'Store%2017'],
    ['a quote', 'a"b', 'a%22b'],
    ['percent signs of its own', '100% a%20b', '100%25%20a%20b'],
    ['other letters', 'Küche', 'K%C3%BCche'],
    ['control characters', 'a\\u0000b', '/organizations/'],
    ['lone surrogates', '\\ud800', '/organizations/'],
  ])('has a source that is a URI reference, whatever it was: %s', (_what, source, uri) => {
    const text = `{"InputParameters":[{"key":"EventSource","value":${JSON.stringify(source).replace('\\\\u', '\\u')}}],"MessageName":"X","OperationId":"o"}`;
    const event = toCloudEvent(readContext(text));
    expect(event.source).toBe(uri);
    expect(new SdkEvent({ ...event }).validate()).toBe(true);
  });

  it('leaves out what cannot be an attribute', () => {
    const event = toCloudEvent(
      readContext(
        '{"CorrelationId":"","MessageName":"X","OperationCreatedOn":"/Date(253402300800000)/","OperationId":"o","RequestId":"a\\u0007","SharedVariables":[{"key":"tag","value":7}]}',
      ),
    );
    expect(event).toEqual({ specversion: '1.0', id: 'o', source: '/organizations/', type: 'X', operationid: 'o' });
  });

  it('is not made where nothing could be its id', () => {
    expect(() => toCloudEvent(readContext('{"MessageName":"X"}'))).toThrow(TypeError);
  });

  it.each<[string, string, object]>([
    ['an empty type', 'X', { type: '' }],
    ['an empty source', 'X', { source: '' }],
    ['a type with a control character', 'X', { type: 'a\u0000b' }],
    ['a source with a control character', 'X', { source: '/a\nb' }],
    ['an empty message', '', {}],
    ['a message with a control character', 'a\u0007', {}],
  ])('is not made with %s', (_what, messageName, options) => {
    const context = { ...readContext('{"MessageName":"X","OperationId":"o"}'), messageName };
    expect(() => toCloudEvent(context, options)).toThrow(TypeError);
  });

  it.each(['1:2', '::', 'http://[', 'a#b#c', 'store 17'])('has a URI reference as its source: %s', (source) => {
    const entry = JSON.stringify({ key: 'EventSource', value: source });
    const context = readContext(`{"InputParameters":[${entry}],"MessageName":"X","OperationId":"o"}`);
    const event = toCloudEvent(context);
    expect(new SdkEvent({ ...event }).validate()).toBe(true);
    expect(event.source).not.toBe(source);
    expect(toCloudEvent(context, { source }).source).toBe(event.source);
  });

  it('has members of any name as its own', () => {
    const text = '{"InputParameters":[{"key":"__proto__","value":{"polluted":1}}],"MessageName":"X","OperationId":"o"}';
    const { data } = toCloudEvent(readContext(text));
    expect(Object.keys(data ?? {})).toEqual(['__proto__']);
    expect('polluted' in {}).toBe(false);
  });
});
