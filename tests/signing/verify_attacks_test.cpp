#include <fmt/format.h>

#include "signing/verify/report_text.h"
#include "tests/signing/signing_bench.h"

namespace sohoa::test {
namespace {

/// Files made to deceive; see the attack classes of the README. None may be reported valid, and
/// each gets its own reason.
class VerifyAttacks : public SigningTest {
 protected:
  void SetUp() override {
    good_ = slurp(signedFile(PlainPdf{}.bytes(), visible()));
    raw_ = rawSignature(good_);
  }

  /// The verdict's first signature; fails when the file is reported valid.
  SignatureReport attacked(const std::string& bytes) const {
    const VerificationReport report = verifyBytes(bytes);
    EXPECT_NE(verdictOf(report), "valid");
    EXPECT_NE(verdictOf(report), "unsigned") << "a broken signature is not no signature";
    return report.signatures.empty() ? SignatureReport{} : report.signatures.front();
  }

  /// Other numbers in /ByteRange, padded so that nothing moves.
  std::string withRange(const std::string& numbers) const {
    std::string bytes = good_;
    const std::size_t size = raw_.rangeEnd - raw_.rangeBegin;
    EXPECT_LE(numbers.size(), size);
    bytes.replace(raw_.rangeBegin, size, numbers + std::string(size - numbers.size(), ' '));
    return bytes;
  }

  /// An update in the classic form, as an editor without permission writes it.
  static std::string updated(const std::string& bytes,
                             const std::vector<std::pair<int, std::string>>& objects,
                             const std::string& trailerKeys = "/Root 1 0 R") {
    std::string out = bytes;
    const std::size_t previous = bytes.rfind("startxref");
    const std::string offset =
        bytes.substr(previous + 10, bytes.find('\n', previous + 10) - previous - 10);
    std::string table = "xref\n";
    int size = 100;
    for (const auto& [number, body] : objects) {
      table += body.empty() ? fmt::format("{} 1\n{:010} {:05} f \n", number, 0, 1)
                            : fmt::format("{} 1\n{:010} 00000 n \n", number, out.size());
      if (!body.empty()) out += fmt::format("{} 0 obj\n{}\nendobj\n", number, body);
      size = std::max(size, number + 1);
    }
    const std::size_t startxref = out.size();
    out += table + fmt::format(
                       "trailer\n<</Size {} /Prev {} {} /ID [<00112233445566778899AABBCCDDEEFF> "
                       "<00>]>>\nstartxref\n{}\n%%EOF\n",
                       size, offset, trailerKeys, startxref);
    return out;
  }

  std::string good_;
  RawSignature raw_;
};

TEST_F(VerifyAttacks, AFlippedByteOfTheContentBreaksTheDigest) {
  std::string bytes = good_;
  bytes[bytes.find("Hello World")] = 'J';
  const SignatureReport s = attacked(bytes);
  EXPECT_EQ(s.indication, Indication::totalFailed);
  EXPECT_EQ(s.subIndication, "HASH_FAILURE");
  EXPECT_FALSE(s.digestMatches);
  EXPECT_TRUE(s.signatureMatches) << "the attributes themselves are as signed";
}

TEST_F(VerifyAttacks, AFlippedByteOfTheSignatureValueBreaksIt) {
  std::string bytes = good_;
  const std::size_t last = bytes.find_last_not_of('0', raw_.gapEnd - 2);
  bytes[last] = bytes[last] == '1' ? '2' : '1';
  const SignatureReport s = attacked(bytes);
  EXPECT_EQ(s.subIndication, "SIG_CRYPTO_FAILURE");
  EXPECT_TRUE(s.digestMatches);
  EXPECT_FALSE(s.signatureMatches);
}

TEST_F(VerifyAttacks, EveryOtherFormOfByteRangeIsRefused) {
  const std::size_t b = raw_.gapBegin, c = raw_.gapEnd, d = good_.size() - c;
  const std::vector<std::string> forms = {"0 0 0 0",
                                          "",
                                          fmt::format("0 {}", b),
                                          fmt::format("0 {} {} {} 0 0", b, c, d),
                                          fmt::format("0 {} {} -1", b, c),
                                          fmt::format("-1 {} {} {}", b, c, d),
                                          fmt::format("0 {}.0 {} {}", b, c, d),
                                          fmt::format("1 {} {} {}", b - 1, c, d),
                                          fmt::format("0 {} {} {}", b, c, d + 1),
                                          fmt::format("0 {} {} 99999999999", b, c),
                                          "null",
                                          fmt::format("0 {} 1 0 R", b),
                                          fmt::format("0 {} {} {}", b, c, d - 1),
                                          fmt::format("0 {} {} {}", b - 1, c, d),
                                          fmt::format("0 {} {} {}", b, c + 1, d - 1),
                                          fmt::format("0 {} {} {}", b + 2, c, d),
                                          fmt::format("0 9999999999 {} {}", c, d)};
  for (const std::string& form : forms) {
    SCOPED_TRACE(form);
    const SignatureReport s = attacked(withRange(form));
    EXPECT_EQ(s.indication, Indication::totalFailed);
  }
  // A number that is none: the file cannot be read, and nothing is known of it.
  const SignatureReport unread = attacked(withRange("0 99999999999999999999 1 1"));
  EXPECT_EQ(unread.indication, Indication::indeterminate);
  EXPECT_EQ(unread.subIndication, "SIGNATURE_PROCESSING_FAILURE");
}

TEST_F(VerifyAttacks, AByteRangeMissingOrIndirectIsRefused) {
  std::string bytes = good_;
  bytes.replace(bytes.rfind("/ByteRange"), 10, "/ByteRonge");
  EXPECT_TRUE(attacked(bytes).malformed);
}

TEST_F(VerifyAttacks, EmptiedContentsAreNoSignature) {
  std::string bytes = good_;
  for (std::size_t i = raw_.gapBegin + 1; i + 1 < raw_.gapEnd; ++i) bytes[i] = '0';
  EXPECT_TRUE(attacked(bytes).malformed);
  bytes = good_;
  bytes.replace(raw_.gapBegin, raw_.gapEnd - raw_.gapBegin,
                "<" + std::string(raw_.gapEnd - raw_.gapBegin - 2, ' ') + ">");
  EXPECT_TRUE(attacked(bytes).malformed);
}

TEST_F(VerifyAttacks, ContentsAsALiteralStringAreRefused) {
  std::string literal = "(";
  for (char c : raw_.cms) literal += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
  literal += ')';
  std::string bytes = good_;
  // Octal escapes are longer than hexadecimal: only the start fits, which is enough for the form.
  literal = literal.substr(0, raw_.gapEnd - raw_.gapBegin - 2);
  literal = literal.substr(0, literal.rfind('\\')) + ")";
  literal += std::string(raw_.gapEnd - raw_.gapBegin - literal.size(), ' ');
  bytes.replace(raw_.gapBegin, raw_.gapEnd - raw_.gapBegin, literal);
  EXPECT_TRUE(attacked(bytes).malformed);
}

TEST_F(VerifyAttacks, ObjectsHiddenInTheGapAreFound) {
  // Signature wrapping: the hole is widened and holds another object; both signed parts are the
  // same.
  std::string bytes = good_;
  const std::string hidden = "\n9 0 obj<</Evil true>>endobj\n";
  bytes.insert(raw_.gapEnd, hidden);
  const std::string numbers = fmt::format("0 {} {} {}", raw_.gapBegin, raw_.gapEnd + hidden.size(),
                                          good_.size() - raw_.gapEnd);
  const std::size_t size = raw_.rangeEnd - raw_.rangeBegin;
  bytes.replace(raw_.rangeBegin, size, numbers + std::string(size - numbers.size(), ' '));
  attacked(bytes);
}

TEST_F(VerifyAttacks, AnEntryGivenTwiceIsRefused) {
  std::string bytes = good_;
  const std::size_t name = bytes.find("/Reason <", raw_.gapEnd);
  ASSERT_NE(name, std::string::npos);
  const std::size_t end = bytes.find('>', name);
  std::string twice = "/Contents <00>";
  ASSERT_LE(twice.size(), end + 1 - name);
  twice += std::string(end + 1 - name - twice.size(), ' ');
  bytes.replace(name, twice.size(), twice);
  EXPECT_TRUE(attacked(bytes).malformed);
}

TEST_F(VerifyAttacks, AnUpdatedPageIsAForbiddenChange) {
  const std::string page =
      "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <<>> /Rotate "
      "180>>";
  const SignatureReport s = attacked(updated(good_, {{3, page}}));
  EXPECT_TRUE(s.digestMatches && s.signatureMatches) << "the signed revision itself is intact";
  EXPECT_EQ(s.coverage, SignatureReport::Coverage::revision);
  EXPECT_EQ(s.changesAfter, SignatureReport::Changes::forbidden);
  EXPECT_EQ(s.indication, Indication::totalFailed);
  EXPECT_FALSE(s.changes.empty());
}

TEST_F(VerifyAttacks, ChangesOfAnyKindAfterSigningNeverPass) {
  const std::string content = "<</Length 22>>\nstream\nBT (Changed text) Tj ET\n\nendstream";
  const std::vector<std::string> files = {
      updated(good_,
              {{4, "<</Length 23>>\nstream\nBT (Changed text) Tj ET\nendstream"}}),  // content
      updated(good_, {{2, "<</Type /Pages /Kids [3 0 R 3 0 R] /Count 2>>"}}),        // page tree
      updated(good_, {{4, ""}}),                                                     // freed
      updated(good_, {{50, "<</Type /Catalog /Pages 2 0 R>>"}}, "/Root 50 0 R"),     // root
      updated(good_, {{1, "<</Type /Catalog /Pages 2 0 R>>"}}),                      // form removed
      updated(good_,
              {{1, "<</Type /Catalog /Pages 2 0 R /OpenAction <</S /JavaScript /JS (x)>>>>"}}),
      updated(
          updated(good_, {{4, content}}),
          {{4, "<</Length 46>>\nstream\nBT /F1 18 Tf 50 50 Td (Hello World) Tj ET\nendstream"}}),
  };
  for (const std::string& bytes : files) {
    SCOPED_TRACE(bytes.substr(good_.size()));
    const VerificationReport report = verifyBytes(bytes);
    EXPECT_NE(verdictOf(report), "valid");
    EXPECT_NE(verdictOf(report), "unsigned");
  }
}

TEST_F(VerifyAttacks, AWidgetThatOnlyLooksLikeASignatureMayNotCoverThePage) {
  // Shown on the page but not in the form, so nobody would verify it; its /ByteRange is spelled so
  // that a search of the bytes does not find it.
  const std::size_t page = good_.rfind("\n3 0 obj\n") + 9;
  std::string body = good_.substr(page, good_.find("\nendobj", page) - page);
  const std::size_t annotations = body.find("/Annots [") + 9;
  ASSERT_LT(annotations, body.size());
  body.insert(body.find(']', annotations), " 60 0 R");
  const std::string widget =
      "<</FT /Sig /T (Cover) /Type /Annot /Subtype /Widget /F 4 /Rect [0 0 595 842] /V 61 0 R "
      "/AP <</N 62 0 R>>>>";
  const std::string form =
      "<</Type /XObject /Subtype /Form /BBox [0 0 595 842] /Length 18>>\nstream\n1 g 0 0 595 842 "
      "re "
      "f\nendstream";
  const std::string fake = "<</Type /Sig /Byte#52ange [0 1 2 3] /Contents <00>>>";
  const VerificationReport report =
      verifyBytes(updated(good_, {{3, body}, {60, widget}, {61, fake}, {62, form}}));
  EXPECT_EQ(verdictOf(report), "invalid") << describe(report, Language::en);
  EXPECT_EQ(report.signatures[0].changesAfter, SignatureReport::Changes::forbidden);
  EXPECT_TRUE(report.signatures[0].digestMatches && report.signatures[0].signatureMatches);
}

TEST_F(VerifyAttacks, UpdatesWithoutCrossReferenceAreNoticed) {
  EXPECT_TRUE(attacked(good_ + "4 0 obj\n<</Length 0>>\nstream\n\nendstream\nendobj\n").malformed);
  // The old startxref again: two readers may or may not see what stands between.
  const std::size_t tail = good_.rfind("startxref");
  EXPECT_TRUE(attacked(good_ + "4 0 obj\n<<>>\nendobj\n" + good_.substr(tail)).malformed);
}

TEST_F(VerifyAttacks, ACopiedSignatureDictionaryIsRefused) {
  // The signature of this document is shown by a second field.
  const std::size_t field = good_.rfind("/FT /Sig");
  ASSERT_NE(field, std::string::npos);
  const std::size_t value = good_.find("/V ", field);
  const std::string reference = good_.substr(value + 3, good_.find('R', value) + 1 - value - 3);
  const std::size_t form = good_.rfind("/AcroForm ");
  const int formNumber = std::stoi(good_.substr(form + 10));
  const std::size_t fields = good_.rfind("/Fields [");
  const std::string old = good_.substr(fields + 9, good_.find(']', fields) - fields - 9);
  const std::string bytes = updated(
      good_, {{formNumber, "<</Fields [" + old + " 60 0 R] /SigFlags 3>>"},
              {60, "<</FT /Sig /T (Copy) /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /V " +
                       reference + ">>"}});
  const VerificationReport report = verifyBytes(bytes);
  ASSERT_EQ(report.signatures.size(), 2u);
  for (const SignatureReport& s : report.signatures) EXPECT_TRUE(s.malformed);
}

TEST_F(VerifyAttacks, ASignatureOfAnotherDocumentDoesNotFit) {
  PlainPdf other;
  other.text = "Hello Earth";
  const std::string bytes = slurp(signedFile(other.bytes(), visible(), "other.pdf"));
  const RawSignature raw = rawSignature(bytes);
  ASSERT_EQ(raw.gapEnd - raw.gapBegin, raw_.gapEnd - raw_.gapBegin);
  std::string mixed = bytes;
  mixed.replace(raw.gapBegin, raw.gapEnd - raw.gapBegin,
                good_.substr(raw_.gapBegin, raw_.gapEnd - raw_.gapBegin));
  EXPECT_EQ(attacked(mixed).subIndication, "HASH_FAILURE");
}

TEST_F(VerifyAttacks, TheFileAppendedToItselfIsRefused) { attacked(good_ + good_); }

TEST_F(VerifyAttacks, BytesAfterTheCmsInItsPaddingAreRefused) {
  // Room is needed: the same CMS in a wider reservation, as other signers leave it.
  std::string bytes = good_;
  bytes[raw_.gapEnd - 2] = bytes[raw_.gapEnd - 2] == '0' ? '1' : '0';
  attacked(bytes);
}

TEST_F(VerifyAttacks, CrossReferencesThatRunInACircleAreRefused) {
  std::string bytes = good_;
  const std::size_t previous = bytes.rfind("/Prev ");
  const std::size_t end = bytes.find_first_not_of("0123456789", previous + 6);
  std::string own = bytes.substr(bytes.rfind("startxref\n") + 10);
  own = own.substr(0, own.find('\n'));
  bytes.replace(previous + 6, end - previous - 6, own);
  const VerificationReport report = verifyBytes(bytes);
  EXPECT_NE(verdictOf(report), "valid");
}

}  // namespace
}  // namespace sohoa::test
