import { describe, expect, it } from '@jest/globals';
import { ParameterType } from '../../contract/parameter-type.js';
import { actionInputs } from './action-inputs.js';

const METADATA = `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0"><edmx:DataServices><Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm">
  <EntityType Name="contoso_Post" />
  <ComplexType Name="contoso_AnswerResponse"><Property Name="Total" Type="Edm.Decimal" /><Property Name="Count" Type="Edm.Int32" /></ComplexType>
  <ComplexType Name="contoso_SilentResponse" />
  <Action Name="contoso_PostMore"><Parameter Name="Wrong" Type="Edm.String" /></Action>
  <Action Name="contoso_Post">
    <Parameter Name="PaymentId" Type="Edm.String" Nullable="false" Unicode="false" />
    <Parameter Name="Flag" Type="Edm.Boolean" Nullable="false" />
    <Parameter Name="When" Type="Edm.DateTimeOffset" />
    <Parameter Name="Ratio" Type="Edm.Double" />
    <Parameter Name="Count" Type="Edm.Int32" />
    <Parameter Name="Rate" Type="Edm.Decimal" />
    <Parameter Name="TotalAmount" Type="Edm.Decimal" />
    <Parameter Name="Who" Type="mscrm.contact" />
    <Parameter Name="Anything" Type="mscrm.crmbaseentity" />
    <Parameter Name="Open" Type="mscrm.expando" />
    <Parameter Name="Orders" Type="Collection(mscrm.contoso_order)" />
    <Parameter Name="Opens" Type="Collection(Microsoft.Dynamics.CRM.expando)" />
    <Parameter Name="Tags" Type="Collection(Edm.String)" />
    <Parameter Name="Id" Type="Edm.Guid" />
    <Parameter Name="Strange" Type="mscrm.Label" />
  </Action>
  <Action Name="contoso_Bound" IsBound="true"><Parameter Name="entity" Type="mscrm.account" /><Parameter Name="A" Type="Edm.String" /></Action>
  <Action Name="contoso_Nothing" />
  <Action Name="contoso_Answer"><ReturnType Type="mscrm.contoso_AnswerResponse" Nullable="false" /></Action>
  <Action Name="contoso_Silent"><ReturnType Type="mscrm.contoso_SilentResponse" /></Action>
</Schema></edmx:DataServices></edmx:Edmx>`;

describe('the inputs of an action', () => {
  const inputs = actionInputs(METADATA, 'contoso_Post')?.parameters ?? [];

  it.each<[name: string, type: ParameterType | null, table: string | null, optional: boolean]>([
    ['PaymentId', ParameterType.String, null, false],
    ['Flag', ParameterType.Boolean, null, false],
    ['When', ParameterType.DateTime, null, true],
    ['Ratio', ParameterType.Float, null, true],
    ['Count', ParameterType.Integer, null, true],
    ['Rate', ParameterType.Decimal, null, true],
    ['TotalAmount', ParameterType.Money, null, true],
    ['Who', ParameterType.EntityReference, 'contact', true],
    ['Anything', ParameterType.EntityReference, null, true],
    ['Open', ParameterType.Entity, null, true],
    ['Orders', ParameterType.EntityCollection, 'contoso_order', true],
    ['Opens', ParameterType.EntityCollection, null, true],
    ['Tags', ParameterType.StringArray, null, true],
    ['Id', ParameterType.Guid, null, true],
    ['Strange', null, null, true],
  ])('of %s are read as type %j of the table %j, optional %j', (name, type, table, isOptional) => {
    const input = inputs.find(({ uniqueName }) => uniqueName === name);
    expect(input).toMatchObject({ type, logicalEntityName: table, isOptional });
  });

  it('say where a choice was made', () => {
    const chosen = inputs.filter((input) => input.chosen !== null).map(({ uniqueName }) => uniqueName);
    expect(chosen).toEqual(['Count', 'Rate', 'TotalAmount', 'Who', 'Anything']);
  });

  it('are those of this action and no other', () => {
    expect(inputs).toHaveLength(15);
    expect(actionInputs(METADATA, 'contoso_Nothing')).toEqual({ parameters: [], responseProperties: [] });
    expect(actionInputs(METADATA, 'contoso_Bound')?.parameters.map(({ uniqueName }) => uniqueName)).toEqual(['A']);
  });

  it('come with what it answers', () => {
    expect(actionInputs(METADATA, 'contoso_Answer')?.responseProperties).toEqual(['Total', 'Count']);
    expect(actionInputs(METADATA, 'contoso_Silent')?.responseProperties).toEqual(['an output']);
  });

  it.each(['contoso_', 'contoso_post', 'Post', '.*', '" />'])('are not there for %j', (name) => {
    expect(actionInputs(METADATA, name)).toBeNull();
  });
});
