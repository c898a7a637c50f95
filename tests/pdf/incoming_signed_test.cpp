#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

#include "pdf/incoming/incoming.h"
#include "tests/pdf/raw_pdf.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

TEST(IncomingSigned, IsToldFromUnsignedOnThirdPartyFiles) {
  const auto folder = test::fixture("signed-pdf");
  if (!folder) GTEST_SKIP() << test::noFixture("signed-pdf");
  std::istringstream rows(test::slurp(*folder / "expected.tsv"));
  std::string row;
  std::getline(rows, row);
  int files = 0, found = 0;
  while (std::getline(rows, row)) {
    std::istringstream fields(row);
    std::string name, integrity, coverage, signatures;
    std::getline(fields, name, '\t');
    std::getline(fields, integrity, '\t');
    std::getline(fields, coverage, '\t');
    std::getline(fields, signatures, '\t');
    const auto file = inspectIncoming(*folder / name);
    ++files;
    if (name == "encrypted.pdf") {
      // Signed as well, but what is encrypted cannot be archived: that is the reason given.
      ASSERT_FALSE(file);
      EXPECT_EQ(file.error().cause, Cause::pdfEncrypted);
    } else if (signatures == "0") {
      EXPECT_FALSE(file && file->alreadySigned) << name;
    } else {
      ASSERT_TRUE(file) << name << ": " << file.error().detail;
      EXPECT_TRUE(file->alreadySigned) << name;
      ++found;
    }
  }
  EXPECT_GE(files, 35);
  EXPECT_GE(found, 20);
}

TEST(IncomingSigned, IsFoundWithoutAFormAndWithoutTypes) {
  const test::TemporaryFolder folder;
  const auto inspect = [&](const test::RawPdf& pdf) {
    test::spill(folder / "a.pdf", pdf.bytes());
    return inspectIncoming(folder / "a.pdf");
  };
  test::RawPdf orphan;
  orphan.addPage("", "BT (a text page) Tj ET", 500, 500);
  orphan.add("<< /ByteRange [0 1 2 3] /Contents <00> >>");
  auto file = inspect(orphan);
  ASSERT_TRUE(file) << file.error().detail;
  EXPECT_TRUE(file->alreadySigned);
  EXPECT_EQ(file->pageCount, 1);
  EXPECT_TRUE(file->pages.empty());

  test::RawPdf field;
  field.addPage("", "BT (a text page) Tj ET", 500, 500);
  field.add("<< /FT /Sig /T (Signature1) /V << /Filter /Adobe.PPKLite >> >>");
  file = inspect(field);
  ASSERT_TRUE(file);
  EXPECT_TRUE(file->alreadySigned);

  test::RawPdf prepared;
  prepared.addPage("", "BT (a text page) Tj ET", 500, 500);
  prepared.add("<< /FT /Sig /T (Signature1) >>");
  EXPECT_FALSE(inspect(prepared)) << "an empty field is no signature, and the page no scan";
}

}  // namespace
}  // namespace sohoa
