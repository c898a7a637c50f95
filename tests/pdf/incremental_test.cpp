#include "pdf/structure/incremental.h"

#include <gtest/gtest.h>

#include "tests/pdf/raw_pdf.h"
#include "tests/support/files.h"
#include "tests/support/process.h"

namespace sohoa {
namespace {

std::string withUpdate(const std::string& bytes, std::string_view id = "0123456789abcdef") {
  const PdfRevisions file(bytes);
  IncrementalUpdate update(file);
  const PdfRef added = update.allocate();
  update.put(added, "(added)");
  update.putStream(update.allocate(), PdfValue::ofDictionary(), "data of a stream");
  PdfValue catalog = file.catalog();
  catalog.set("Added", PdfValue::ofReference(added));
  update.put(file.trailer().find("Root")->reference, catalog);
  const auto rendered = update.render(id);
  EXPECT_EQ((bytes + rendered.bytes).substr(rendered.bodies.at(added.number), 7), "(added)");
  return bytes + rendered.bytes;
}

class Incremental : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::hasProgram("qpdf")) GTEST_SKIP() << "qpdf is not installed";
  }
  /// qpdf finds no fault and sees the new object.
  void expectSound(const std::string& bytes) const {
    test::spill(folder_ / "out.pdf", bytes);
    const auto check = test::runCommand({"qpdf", "--check", (folder_ / "out.pdf").string()});
    EXPECT_TRUE(check.ok()) << check.describe();
    EXPECT_EQ(check.err, "");
    const auto trailer =
        test::runCommand({"qpdf", "--show-object=1", (folder_ / "out.pdf").string()});
    const PdfRevisions file(bytes);
    EXPECT_EQ(file.get(file.catalog(), "Added").text, "added");
  }
  std::string qpdfMade(const char* option) const {
    test::RawPdf pdf;
    pdf.addPage("", "0 0 m", 100, 200);
    test::spill(folder_ / "in.pdf", pdf.bytes());
    const auto made = test::runCommand(
        {"qpdf", option, (folder_ / "in.pdf").string(), (folder_ / "made.pdf").string()});
    EXPECT_TRUE(made.ok()) << made.describe();
    return test::slurp(folder_ / "made.pdf");
  }
  test::TemporaryFolder folder_;
};

TEST_F(Incremental, ContinuesTablesWithTablesAndStreamsWithStreams) {
  const std::string table = qpdfMade("--object-streams=disable");
  std::string out = withUpdate(table);
  EXPECT_TRUE(out.starts_with(table));
  EXPECT_NE(out.substr(table.size()).find("xref\n"), std::string::npos);
  expectSound(out);
  const std::string stream = qpdfMade("--object-streams=generate");
  out = withUpdate(stream);
  EXPECT_TRUE(out.starts_with(stream));
  EXPECT_EQ(out.substr(stream.size()).find("\ntrailer"), std::string::npos);
  expectSound(out);
  const PdfRevisions file(out);
  const XrefSection& newest = file.sections().front();
  EXPECT_TRUE(newest.stream);
  const auto own = file.entry(file.nextNumber() - 1);
  ASSERT_TRUE(own);
  EXPECT_EQ(own->place, newest.offset) << "the cross-reference stream lists itself";
}

TEST_F(Incremental, CanBeContinuedAgainAndAgain) {
  std::string bytes = qpdfMade("--object-streams=generate");
  for (int i = 0; i < 5; ++i) bytes = withUpdate(bytes);
  expectSound(bytes);
  EXPECT_EQ(PdfRevisions(bytes).sections().size(), 6u);
}

TEST_F(Incremental, KeepsTheFirstIdentifierAndChangesTheSecond) {
  const std::string in = qpdfMade("--object-streams=disable");
  const std::string out = withUpdate(in, "new identifier !");
  const PdfRevisions before(in), after(out);
  const PdfValue old = before.get(before.trailer(), "ID"), now = after.get(after.trailer(), "ID");
  EXPECT_EQ(now.items.at(0).text, old.items.at(0).text);
  EXPECT_EQ(now.items.at(1).text, "new identifier !");
}

TEST_F(Incremental, StartsOnALineOfItsOwn) {
  std::string in = qpdfMade("--object-streams=disable");
  in.pop_back();
  const std::string out = withUpdate(in);
  EXPECT_EQ(out[in.size()], '\n');
  expectSound(out);
}

}  // namespace
}  // namespace sohoa
