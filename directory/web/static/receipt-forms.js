/* The forms of a receipt, TS 27560 and Kantara, worked out from the event and its notice, as docs/receipts.md says. */
"use strict";

const receiptForms = (() => {
  const W = RECEIPT_WORDS;
  const { inOrder, CONSENTS, FOUND } = receiptLines;
  const JURISDICTION = "KR";

  /* The text in the language that the person read; where nothing was shown, in that of the jurisdiction. */
  const saidIn = (language) => (words) => words[(language || "ko") === "ko" ? "ko" : "en"];

  function pii(event, notice) {
    const optional = (notice?.items ?? []).filter((item) => !item.required).map((item) => item.field);
    return inOrder(W.fields, event.fields).map((field) => {
      const sensitive = field === "AFFILIATION" && event.sensitive;
      return {
        pii_type: field, attribute_id: field.toLowerCase(), optional: optional.includes(field), sensitive, special: sensitive,
      };
    });
  }

  function fromNotice(event, notice, noticeHash) {
    const said = saidIn(event.language);
    const regions = [...new Set([JURISDICTION, ...(notice.overseas ?? []).map((abroad) => abroad.country)])].sort();
    return {
      privacy_notice: { id: notice.id, sha256: noticeHash, shown: Boolean(event.notice), title: said(notice.title) },
      service: said(notice.title),
      pii_controllers: ["controller"],
      processing_method: said(notice.purpose_in_words),
      storage_locations: regions,
      processing_locations: regions,
      geographic_restrictions: said(notice.overseas_in_words),
      retention_period: said(notice.retention.words),
      recipient_third_parties: (notice.recipients ?? []).map((each) => said(each.who)),
      recipients_in_words: said(notice.recipients_in_words),
      withdrawal_method: said(notice.withdrawal),
      privacy_rights: said(notice.rights),
    };
  }

  function party(event, notice) {
    const said = saidIn(event.language), { name, address, office, email, phone } = notice.controller;
    return {
      id: "controller", name: said(name), address: said(address), contact: said(office),
      type: "data controller", role: "controller", email, phone, url: null,
    };
  }

  function ts27560(event, notice, noticeHash) {
    return {
      header: {
        schema_version: "ISO/IEC TS 27560:2023", receipt_id: event.id, record_id: event.id, pii_principal_id: event.person,
      },
      processing: {
        purpose: event.purpose,
        lawful_basis: CONSENTS.includes(event.kind) ? "PIPA-15-1-1 consent" : null,
        language: event.language || "ko",
        pii_information: pii(event, notice),
        channels: inOrder(W.channels, event.channels),
        collection_method: event.capture.method,
        collected_by: event.capture.operator,
        collected_at: event.capture.meeting || null,
        retention_until: event.until,
        jurisdiction: JURISDICTION,
        ...(notice ? fromNotice(event, notice, noticeHash) : {}),
      },
      parties: notice ? [party(event, notice)] : [],
      event: {
        time: event.at,
        recorded: event.recorded,
        validity_duration: event.until === null ? null : event.until - event.at,
        entity_id: event.guardian ? "guardian" : event.person,
        type: FOUND.includes(event.kind) ? "found" : "explicit",
        guardian_check: event.guardian ? event.guardian.check : null,
        guardian_verified: event.guardian ? event.guardian.verified_at : null,
        state: W.actions[event.kind],
        basis: event.basis || null,
      },
    };
  }

  function kantara(event, notice, noticeHash, publicKey) {
    if (!CONSENTS.includes(event.kind) || !notice || event.purpose === null) return null;
    const said = saidIn(event.language), { name, address, office, email, phone } = notice.controller;
    const sensitive = notice.sensitive && event.sensitive ? [said(notice.sensitive.items)] : [];
    return {
      version: "KI-CR-v1.1.0",
      jurisdiction: JURISDICTION,
      consentTimestamp: Math.floor(event.at / 1000),
      collectionMethod: event.capture.method,
      consentReceiptID: event.id,
      publicKey,
      language: event.language,
      piiPrincipalId: event.person,
      piiControllers: [{
        piiController: said(name), onBehalf: false, contact: said(office),
        address: { streetAddress: said(address), addressCountry: JURISDICTION }, email, phone, piiControllerUrl: "",
      }],
      policyUrl: `ni:///sha-256;${receiptProof.base64url(receiptProof.unhex(noticeHash))}`,
      services: [{
        service: said(notice.title),
        purposes: [{
          purpose: said(notice.purpose_in_words),
          purposeCategory: [event.purpose],
          consentType: "EXPLICIT",
          piiCategory: inOrder(W.fields, event.fields),
          primaryPurpose: false,
          termination: said(notice.retention.words),
          thirdPartyDisclosure: Boolean(notice.recipients?.length),
          thirdPartyName: (notice.recipients ?? []).map((each) => said(each.who)).join(", "),
        }],
      }],
      sensitive: Boolean(sensitive.length),
      spiCat: sensitive,
    };
  }

  /* Everything that a receipt says in words and in forms. */
  function parts(event, notice, noticeHash, publicKey) {
    return {
      receipt: ts27560(event, notice, noticeHash),
      kantara: kantara(event, notice, noticeHash, publicKey),
      readable: receiptLines.readable(event, notice),
    };
  }

  return { parts };
})();
