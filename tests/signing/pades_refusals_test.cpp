#include <fmt/format.h>

#include "core/result.h"
#include "tests/signing/signing_bench.h"

namespace sohoa::test {
namespace {

class PadesRefusals : public SigningTest {
 protected:
  /// The cause of refusing to sign these bytes; also checks that nothing was written.
  std::optional<Cause> refusal(const std::string& bytes) const {
    const auto in = file("refused-in.pdf", bytes), out = folder_ / "refused-out.pdf";
    const auto done = signPdf(in, out, key(), visible());
    EXPECT_FALSE(std::filesystem::exists(out));
    EXPECT_EQ(slurp(in), bytes) << "the input is untouched";
    int files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder_.path()))
      ++files;
    EXPECT_EQ(files, 1) << "no temporary file is left";
    std::filesystem::remove(in);
    if (done) return std::nullopt;
    return done.error().cause;
  }
};

TEST_F(PadesRefusals, Encrypted) {
  const auto in = file("plain.pdf", PlainPdf{}.bytes()), out = folder_ / "enc.pdf";
  ASSERT_TRUE(
      runCommand({"qpdf", "--encrypt", "", "owner", "256", "--", in.string(), out.string()}).ok());
  const std::string bytes = slurp(out);
  std::filesystem::remove(in);
  std::filesystem::remove(out);
  EXPECT_EQ(refusal(bytes), Cause::pdfEncrypted);
}

TEST_F(PadesRefusals, XfaForms) {
  PlainPdf plain;
  plain.catalog = "/AcroForm <</Fields [] /XFA [(datasets) 5 0 R]>>";
  EXPECT_EQ(refusal(plain.bytes()), Cause::documentNotSigned);
}

TEST_F(PadesRefusals, DamagedAndForeignFiles) {
  const std::string good = PlainPdf{}.bytes();
  EXPECT_EQ(refusal("not a PDF"), Cause::pdfDamaged);
  EXPECT_EQ(refusal(""), Cause::pdfDamaged);
  EXPECT_EQ(refusal(good.substr(0, good.size() / 2)), Cause::pdfDamaged);
  EXPECT_EQ(refusal(std::string(2000, 'x') + good), Cause::pdfDamaged);
  std::string moved = good;
  moved.insert(moved.find("4 0 obj"), "   \n");
  EXPECT_EQ(refusal(moved), Cause::pdfDamaged);
}

TEST_F(PadesRefusals, CertifiedWithoutAnyChangeAllowed) {
  const auto folder = fixture("signed-pdf");
  if (!folder) GTEST_SKIP() << noFixture("signed-pdf");
  for (const char* name :
       {"certified-no-change-permitted.pdf", "certified-with-indirect-refs-in-dir.pdf"}) {
    EXPECT_EQ(refusal(slurp(*folder / name)), Cause::documentNotSigned) << name;
  }
}

TEST_F(PadesRefusals, FieldsLockedByAnEarlierSignature) {
  const auto locked = [](const std::string& parameters) {
    PlainPdf plain;
    plain.catalog = fmt::format(
        "/AcroForm <</Fields [<</FT /Sig /T (Old) /V <</Type /Sig /ByteRange [0 1 2 3] /Contents "
        "<00> "
        "/Reference [<</TransformMethod /FieldMDP /TransformParams <<{}>>>>]>>>>]>>",
        parameters);
    return plain.bytes();
  };
  EXPECT_EQ(refusal(locked("/Action /All")), Cause::documentNotSigned);
  EXPECT_EQ(refusal(locked("/Action /Include /Fields [(Signature1)]")), Cause::documentNotSigned);
  EXPECT_EQ(refusal(locked("/Action /Exclude /Fields [(Other)]")), Cause::documentNotSigned);
  const auto in = file("open.pdf", locked("/Action /Include /Fields [(Signature)]"));
  EXPECT_TRUE(bool(signPdf(in, folder_ / "open-out.pdf", key(), visible())))
      << "another field's name";
}

TEST_F(PadesRefusals, AMissingInputIsUnreadable) {
  const auto done = signPdf(folder_ / "none.pdf", folder_ / "out.pdf", key(), visible());
  ASSERT_FALSE(bool(done));
  EXPECT_EQ(done.error().cause, Cause::fileUnreadable);
}

TEST_F(PadesRefusals, AFontWithoutTheLettersIsNotUsed) {
  const auto in = file("in.pdf", PlainPdf{}.bytes());
  SignatureRequest request = visible();
  request.appearance.font = "/nowhere/font.ttf";
  const auto missing = signPdf(in, folder_ / "out.pdf", key(), request);
  ASSERT_FALSE(bool(missing));
  EXPECT_EQ(missing.error().cause, Cause::documentNotSigned);
  request = visible();
  request.appearance.lines = {"\xf0\x93\x80\x80"};  // an Egyptian hieroglyph
  const auto unknown = signPdf(in, folder_ / "out.pdf", key(), request);
  ASSERT_FALSE(bool(unknown));
  EXPECT_EQ(unknown.error().cause, Cause::documentNotSigned);
}

TEST_F(PadesRefusals, AnOutputFolderThatIsNotThereStopsTheRun) {
  const auto in = file("in.pdf", PlainPdf{}.bytes());
  EXPECT_THROW((void)signPdf(in, folder_ / "none/out.pdf", key(), visible()), BatchError);
}

}  // namespace
}  // namespace sohoa::test
