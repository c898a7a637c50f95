#include "signing/certificates/revocation.h"

#include <gmock/gmock.h>

#include "tests/signing/test_pki.h"

namespace sohoa::test {
namespace {

using State = RevocationStatus::State;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

Time at(const char* text) { return *parseIsoTime(std::string(text) + "T00:00:00Z"); }

/// One certificate, one question in the middle of 2024, answers of every kind.
class Revocation : public testing::Test {
 protected:
  const SmallPki& pki_ = smallPki();
  RevocationStore store_;
  RevocationQuestion question_{at("2024-06-15"), at("2024-07-01")};
  ResponseSpec response_{.from = at("2024-06-14"), .next = at("2024-06-20")};
  ListSpec list_{.from = at("2024-06-14"), .next = at("2024-06-20")};

  RevocationStatus status() const {
    return store_.statusOf(pki_.leaf.certificate.get(), pki_.ca.certificate.get(), question_);
  }
  void answer(const Identity& who) {
    ASSERT_TRUE(store_.addOcsp(makeOcsp(who, pki_.ca, pki_.leaf, response_)));
  }
  void list(const Identity& who) { ASSERT_TRUE(store_.addCrl(makeCrl(who, list_))); }
  void expectRefused(const char* why) const {
    const RevocationStatus found = status();
    EXPECT_EQ(found.state, State::missing);
    EXPECT_THAT(found.refusals, Contains(HasSubstr(why)));
  }
};

TEST_F(Revocation, WithoutDataIsMissing) {
  EXPECT_EQ(status().state, State::missing);
  EXPECT_THAT(status().refusals, IsEmpty());
}

TEST_F(Revocation, GoodByADelegatedResponderTheIssuerOrAList) {
  answer(pki_.ocsp);
  EXPECT_EQ(status().state, State::good);
  EXPECT_NE(status().responder, nullptr);
  EXPECT_EQ(status().issuedAt, at("2024-06-14"));
  store_ = {};
  answer(pki_.ca);
  EXPECT_EQ(status().state, State::good);
  EXPECT_EQ(status().responder, nullptr);
  store_ = {};
  list(pki_.ca);
  EXPECT_EQ(status().state, State::good);
}

TEST_F(Revocation, AResponderMayBeFoundOutsideTheResponse) {
  response_.withCertificate = false;
  answer(pki_.ocsp);
  EXPECT_EQ(status().state, State::missing);
  store_.addResponder(pki_.ocsp.certificate.get());
  EXPECT_EQ(status().state, State::good);
}

TEST_F(Revocation, RevokedWinsOverGoodAndTellsWhen) {
  answer(pki_.ocsp);
  list_.revoked = {{&pki_.leaf, at("2024-06-01"), 1}};
  list(pki_.ca);
  const RevocationStatus found = status();
  EXPECT_EQ(found.state, State::revoked);
  EXPECT_EQ(found.revokedAt, at("2024-06-01"));
  EXPECT_EQ(found.reason, "keyCompromise");
}

TEST_F(Revocation, ASuspensionCountsUntilANewerAnswerLiftsIt) {
  list_.revoked = {{&pki_.leaf, at("2024-06-01"), 6}};
  list(pki_.ca);
  EXPECT_EQ(status().state, State::onHold);
  response_.from = at("2024-06-16");
  answer(pki_.ocsp);
  EXPECT_EQ(status().state, State::good);
}

TEST_F(Revocation, AnOldAnswerIsStaleAndALaterOneIsWelcome) {
  response_.next = at("2024-06-14");
  answer(pki_.ocsp);
  EXPECT_EQ(status().state, State::stale);
  response_ = {.from = at("2024-06-25"), .next = at("2024-06-26")};
  answer(pki_.ocsp);
  EXPECT_EQ(status().state, State::good) << "archives collect data after signing";
}

TEST_F(Revocation, WithoutNextUpdateAnAnswerIsFreshForADay) {
  response_.next.reset();
  answer(pki_.ocsp);
  EXPECT_EQ(status().state, State::good);
  question_.at = at("2024-06-17");
  EXPECT_EQ(status().state, State::stale);
}

TEST_F(Revocation, AnAnswerFromTheFutureIsRefused) {
  response_ = {.from = at("2024-07-02"), .next = at("2024-07-03")};
  answer(pki_.ocsp);
  expectRefused("future");
}

TEST_F(Revocation, AnAnswerAfterTheCertificateExpiredIsRefusedUnlessItSaysRevoked) {
  question_ = {at("2030-02-01"), at("2030-03-01")};
  response_ = {.from = at("2030-02-01"), .next = at("2030-02-03")};
  answer(pki_.ca);
  expectRefused("expired");
  response_.state = V_OCSP_CERTSTATUS_REVOKED;
  response_.revokedAt = at("2028-01-01");
  answer(pki_.ca);
  EXPECT_EQ(status().state, State::revoked);
}

TEST_F(Revocation, RespondersWithoutAuthorityAreRefused) {
  answer(pki_.leaf);  // no extended key usage
  expectRefused("without authority");
  store_ = {};
  const Identity other = issue(authority("Test CA"));
  answer(issue(responder("Other OCSP"), &other));  // delegated by another of the same name
  expectRefused("without authority");
  store_ = {};
  CertificateSpec expired = responder("Old OCSP");
  expired.until = at("2021-01-01");
  answer(issue(expired, &pki_.ca));
  expectRefused("was not valid");
}

TEST_F(Revocation, AResponderWithoutNocheckNeedsAListOfItsOwn) {
  const Identity plain = issue(responder("Plain OCSP", false), &pki_.ca);
  answer(plain);
  expectRefused("responder itself");
  list(pki_.ca);
  EXPECT_EQ(status().state, State::good);
  store_ = {};
  answer(plain);
  list_.revoked = {{&plain, at("2024-06-01"), 1}};
  list(pki_.ca);
  EXPECT_THAT(status().refusals, Contains(HasSubstr("responder itself")));
}

TEST_F(Revocation, AForgedResponseIsRefused) {
  std::string der = makeOcsp(pki_.ocsp, pki_.ca, pki_.leaf, response_);
  const std::size_t year = der.find("20240614");
  ASSERT_NE(year, std::string::npos);
  der[year + 7] = '5';
  ASSERT_TRUE(store_.addOcsp(der));
  expectRefused("not signed");
}

TEST_F(Revocation, ListsOfAnotherKindAreRefusedWithTheirReason) {
  const auto refused = [&](int nid, const char* value, const char* why) {
    SCOPED_TRACE(value);
    store_ = {};
    list_.extensions = {{nid, value}};
    list(pki_.ca);
    expectRefused(why);
  };
  refused(NID_delta_crl, "critical,DER:020101", "delta");
  refused(NID_issuing_distribution_point, "critical,indirectCRL:TRUE", "indirect");
  refused(NID_issuing_distribution_point, "critical,onlyCA:TRUE", "scope");
  refused(NID_issuing_distribution_point, "critical,onlyAA:TRUE", "scope");
  refused(NID_issuing_distribution_point, "critical,onlysomereasons:keyCompromise", "scope");
  refused(NID_issuing_distribution_point, "critical,fullname:URI:http://x.example/a.crl", "scope");
  refused(NID_subject_key_identifier, "critical,DER:04020011", "critical");
  store_ = {};
  list_.extensions = {{NID_issuing_distribution_point, "critical,onlyuser:TRUE"}};
  list(pki_.ca);
  EXPECT_EQ(status().state, State::good);
}

TEST_F(Revocation, ListsOfAnotherSignerOrAWeakOneAreRefused) {
  list(issue(authority("Test CA")));
  expectRefused("not signed by the issuer");
  store_ = {};
  list_.digest = EVP_sha1();
  list(pki_.ca);
  expectRefused("too weak");
  store_ = {};
  CertificateSpec noLists = authority("Test CA");
  noLists.extensions[1].second = "critical,keyCertSign";
  noLists.key = pki_.ca.key;
  const Identity ca = issue(noLists, &pki_.root);
  list(ca);
  EXPECT_EQ(store_.statusOf(pki_.leaf.certificate.get(), ca.certificate.get(), question_).state,
            State::missing);
}

TEST_F(Revocation, WhatIsNoResponseOrListIsNotAdded) {
  EXPECT_FALSE(store_.addOcsp("hello"));
  EXPECT_FALSE(store_.addOcsp(""));
  EXPECT_FALSE(store_.addCrl("hello"));
  EXPECT_FALSE(store_.addCrl(makeCrl(pki_.ca, list_) + "x"));
  EXPECT_EQ(store_.responses() + store_.lists(), 0u);
}

}  // namespace
}  // namespace sohoa::test
