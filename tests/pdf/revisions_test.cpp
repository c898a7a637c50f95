#include "pdf/structure/revisions.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/pdf/raw_pdf.h"
#include "tests/support/files.h"
#include "tests/support/process.h"

namespace sohoa {
namespace {

/// A page with content and an object of our own to change.
std::string plain() {
  test::RawPdf pdf;
  pdf.add("(first)");
  pdf.addPage("", "0 0 m", 100, 200);
  return pdf.bytes();
}

/// Object 3 gets another state in an update of the classic form.
std::string updated(const std::string& bytes, const std::string& body) {
  const std::size_t keyword = bytes.rfind("startxref\n");
  const std::string previous =
      bytes.substr(keyword + 10, bytes.find('\n', keyword + 10) - keyword - 10);
  std::string out = bytes;
  const std::size_t at = out.size();
  if (!body.empty()) out += "3 0 obj\n" + body + "\nendobj\n";
  const std::size_t startxref = out.size();
  out += body.empty() ? "xref\n3 1\n0000000000 00001 f \n"
                      : fmt::format("xref\n3 1\n{:010} 00000 n \n", at);
  return out + fmt::format("trailer\n<</Size 99 /Root 1 0 R /Prev {}>>\nstartxref\n{}\n%%EOF\n",
                           previous, startxref);
}

TEST(Revisions, EveryStateOfAnObjectCanBeRead) {
  const std::string one = plain(), two = updated(one, "(second)"), three = updated(two, "");
  const PdfRevisions file(three);
  ASSERT_EQ(file.sections().size(), 3u);
  EXPECT_TRUE(file.object({3, 0}, 0).value.is(PdfValue::Kind::null)) << "freed";
  EXPECT_EQ(file.object({3, 0}, 1).value.text, "second");
  EXPECT_EQ(file.object({3, 0}, 2).value.text, "first");
  EXPECT_EQ(file.nextNumber(), 99u);
  EXPECT_EQ(file.sectionEndingAt(three.size()), 0u);
  EXPECT_EQ(file.sectionEndingAt(two.size()), 1u);
  EXPECT_EQ(file.sectionEndingAt(two.size() - 1), 1u) << "without its end of line";
  EXPECT_EQ(file.sectionEndingAt(one.size()), 2u);
  EXPECT_EQ(file.sectionEndingAt(one.size() - 2), std::nullopt);
  EXPECT_EQ(file.sectionEndingAt(one.size() + 1), std::nullopt);
}

TEST(Revisions, TheSameObjectsComeOutOfStreamsAndTables) {
  if (!test::hasProgram("qpdf")) GTEST_SKIP() << "qpdf is not installed";
  const test::TemporaryFolder folder;
  test::spill(folder / "in.pdf", plain());
  for (const char* option :
       {"--object-streams=generate", "--object-streams=disable", "--linearize"}) {
    ASSERT_TRUE(test::runCommand({"qpdf", option, "--preserve-unreferenced",
                                  (folder / "in.pdf").string(), (folder / "out.pdf").string()})
                    .ok());
    const std::string bytes = test::slurp(folder / "out.pdf");
    const PdfRevisions file(bytes);
    const PdfValue pages = file.get(file.catalog(), "Pages");
    EXPECT_EQ(file.get(pages, "Count").integer, 1) << option;
    const PdfValue page = file.resolve(file.get(pages, "Kids").items.at(0));
    EXPECT_EQ(file.get(page, "MediaBox").items.at(3).number(), 200) << option;
    const PdfObject content = file.object(page.find("Contents")->reference);
    EXPECT_NE(file.decoded(content).find("0 0 m"), std::string::npos) << option;
  }
}

TEST(Revisions, RefusesFilesThatNeedRepair) {
  const std::string good = plain();
  const auto replaced = [&](const std::string& from, const std::string& to) {
    std::string bytes = good;
    bytes.replace(bytes.rfind(from), from.size(), to);
    return bytes;
  };
  for (const std::string& bytes :
       {std::string(), std::string("%PDF-1.4"), std::string(2000, 'x') + good,
        good.substr(0, good.size() - 20), replaced("startxref", "startxxxx"),
        replaced("xref\n0", "xrex\n0"), replaced("65535 f", "65535 x"),
        replaced("trailer", "trialer"), good + std::string(2000, ' ')}) {
    EXPECT_THROW({ const PdfRevisions file(bytes); }, PdfSyntaxError);
  }
}

TEST(Revisions, RefusesAChainThatRunsInACircle) {
  const std::string one = plain();
  const std::size_t start = one.rfind("xref\n0");
  std::string bytes = updated(one, "(x)");
  const std::size_t previous = bytes.rfind("/Prev ") + 6;
  const std::size_t own = bytes.rfind("xref\n3");
  bytes.replace(previous, std::to_string(start).size(), std::to_string(own));
  EXPECT_THROW({ const PdfRevisions file(bytes); }, PdfSyntaxError);
}

TEST(Revisions, StreamsWhoseLengthsNeedEachOtherAreRefused) {
  test::RawPdf pdf;
  pdf.add("<</Length 4 0 R>>\nstream\n\nendstream");
  pdf.add("<</Length 3 0 R>>\nstream\n\nendstream");
  const std::string bytes = pdf.bytes();
  const PdfRevisions file(bytes);
  EXPECT_THROW((void)file.object({3, 0}), PdfSyntaxError);
}

TEST(Revisions, AnOffsetBehindTheEndIsRefused) {
  for (const char* offset : {"0000009999", "9999999999"}) {
    std::string bytes = plain();
    const std::size_t row = bytes.rfind("xref\n0") + std::string("xref\n0 6\n").size() + 3 * 20;
    bytes.replace(row, 10, offset);
    const PdfRevisions file(bytes);
    EXPECT_THROW((void)file.object({3, 0}), PdfSyntaxError) << offset;
  }
}

TEST(Revisions, ReadingBehindTheEndIsRefused) {
  const std::string text = "12";
  EXPECT_THROW((void)PdfLexer(text, 5).unsignedInteger(), PdfSyntaxError);
  EXPECT_THROW((void)PdfLexer(text, 5).value(), PdfSyntaxError);
  EXPECT_THROW((void)PdfLexer(text, 2).unsignedInteger(), PdfSyntaxError);
}

TEST(Revisions, AnObjectUnderAWrongNumberIsRefused) {
  std::string bytes = plain();
  bytes.replace(bytes.find("3 0 obj"), 7, "4 0 obj");
  const PdfRevisions file(bytes);
  EXPECT_THROW((void)file.object({3, 0}), PdfSyntaxError);
}

}  // namespace
}  // namespace sohoa
