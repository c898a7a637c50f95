#include "signing/verify/protection.h"

#include "signing/pades/form_field.h"
#include "signing/pades/incremental_output.h"
#include "signing/pades/signature_revision.h"
#include "tests/signing/signing_bench.h"
#include "tests/signing/test_services.h"

namespace sohoa::test {
namespace {

using namespace std::chrono_literals;

class Protections : public SigningTest {
 protected:
  static Time soon() {
    static const Time made = SystemClock().now() + 30 * 24h;
    return made;
  }
  static TestServices& world() {
    static TestServices made(soon());
    return made;
  }
  std::filesystem::path signedAt(SignatureLevel level, const std::string& bytes,
                                 const std::string& name = "signed.pdf") const {
    static const SigningKey key = world().key();
    SignatureRequest request = invisible();
    request.at = SystemClock().now();
    request.level = level;
    const auto in = file("in.pdf", bytes), out = folder_ / name;
    const auto done = signPdf(in, out, key, request, world().services());
    if (!done) throw std::runtime_error(done.error().detail);
    return out;
  }
  static Protection of(const std::filesystem::path& path) {
    const auto found = protectionOf(path, world().anchors(), SystemClock().now());
    if (!found) throw std::runtime_error(found.error().detail);
    return *found;
  }
  static ExtensionRequest renewal() {
    ExtensionRequest request;
    request.at = SystemClock().now();
    return request;
  }
};

TEST_F(Protections, LastAsLongAsTheAuthoritysCertificate) {
  const Protection none = of(signedAt(SignatureLevel::bB, PlainPdf{}.bytes()));
  EXPECT_TRUE(none.isSigned);
  EXPECT_FALSE(none.stamped);
  EXPECT_FALSE(none.dueBefore(soon() + 1h)) << "nothing to renew";
  for (const SignatureLevel level :
       {SignatureLevel::bT, SignatureLevel::bLT, SignatureLevel::bLTA}) {
    const Protection found = of(signedAt(level, PlainPdf{}.bytes()));
    EXPECT_TRUE(found.stamped);
    EXPECT_EQ(found.archived, level == SignatureLevel::bLTA);
    EXPECT_EQ(found.until, soon());
    EXPECT_EQ(found.weakness, "");
    EXPECT_TRUE(found.dueBefore(soon() + 1h));
    EXPECT_FALSE(found.dueBefore(soon() - 1h));
  }
}

TEST_F(Protections, EndWithTheNewestArchiveTimestampAndWhatStandsAfterIt) {
  const auto later = world().newTsa(*parseIsoTime("2029-01-01T00:00:00Z"));
  TimestampOptions options;
  options.authorities = {{later->url(), "", "", ""}};
  TimestampClient client(options, world().anchors());
  SigningServices services = world().services();
  services.timestamps = &client;
  const auto old = signedAt(SignatureLevel::bLTA, PlainPdf{}.bytes());
  const auto renewed = folder_ / "renewed.pdf";
  const auto done = extendPdf(old, renewed, renewal(), services);
  ASSERT_TRUE(done) << done.error().detail;
  EXPECT_EQ(of(renewed).until, *parseIsoTime("2029-01-01T00:00:00Z"));
  EXPECT_TRUE(of(renewed).archived);
  // A later signature with a timestamp of the old authority is not under the newest one.
  const Protection mixed = of(signedAt(SignatureLevel::bT, slurp(renewed), "mixed.pdf"));
  EXPECT_EQ(mixed.until, soon());
  EXPECT_FALSE(mixed.archived);
}

TEST_F(Protections, WithAWeakAlgorithmAreDueAtOnce) {
  const auto in = signedAt(SignatureLevel::bT, PlainPdf{}.bytes());
  const auto out = folder_ / "weak.pdf";
  {
    // A document timestamp over SHA-1, as our own client would never take one.
    IncrementalOutput growing(in, out, SignatureDigest::sha256);
    std::string bytes;
    {
      const PdfRevisions revisions(growing.bytes());
      IncrementalUpdate update(revisions);
      const auto appearance = placeAppearance(revisions, update, {});
      ASSERT_TRUE(appearance);
      const PdfRef reference = update.allocate();
      addField(revisions, update, "Timestamp1", reference, *appearance);
      const SignatureDictionary dictionary("DocTimeStamp", "ETSI.RFC3161", 9000);
      update.put(reference, dictionary.text());
      SignatureRevision revision(growing, update, dictionary, reference);
      const RawSignature raw = rawSignature(std::string(growing.bytes()) + revision.bytes());
      revision.embed(world().tsa().token(EVP_sha1(), digestOf(EVP_sha1(), raw.signedBytes)));
      bytes = revision.bytes();
    }
    growing.append(bytes);
    growing.publish(false);
  }
  const Protection weak = of(out);
  EXPECT_NE(weak.weakness, "");
  EXPECT_TRUE(weak.dueBefore(SystemClock().now()));
  const auto renewed = folder_ / "renewed.pdf";
  const auto done = extendPdf(out, renewed, renewal(), world().services());
  ASSERT_TRUE(done) << done.error().detail;
  EXPECT_EQ(of(renewed).weakness, "");
}

TEST_F(Protections, OfFilesThatCannotBeReadAreNoAnswer) {
  EXPECT_FALSE(protectionOf(file("no.pdf", "no PDF"), world().anchors(), SystemClock().now()));
  EXPECT_FALSE(protectionOf(folder_ / "none.pdf", world().anchors(), SystemClock().now()));
  EXPECT_FALSE(of(file("plain.pdf", PlainPdf{}.bytes())).isSigned);
}

}  // namespace
}  // namespace sohoa::test
