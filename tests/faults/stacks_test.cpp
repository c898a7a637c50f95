#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <thread>

#include "tests/faults/night_site.h"
#include "tests/support/stack_pages.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::ElementsAre;

std::string content(int seed) { return stackPage({.seed = seed}); }
std::string sheet(int dossier, int pages, int number, StackPageLook look = {}) {
  look.kind = StackPageLook::Kind::sheet;
  look.sheet = {dossierCode(dossier), number, 20, pages, "TESTAA"};
  return stackPage(look);
}

/// Two dossiers: the first with two pages, the second with one, its sheet upside down and askew.
/// The red of a seal is black where a scanner delivers black and white.
std::vector<std::string> goodStack(int first, bool seal = true) {
  const StackPageLook askew{.skewDegrees = 3, .upsideDown = true, .sealNearCode = seal};
  return {sheet(first, 2, 1), content(first), content(first + 100), sheet(first + 1, 1, 2, askew),
          content(first + 1)};
}

void putFolder(const NightSite& site, const std::string& batch, const std::string& folder,
               const std::vector<std::string>& pages) {
  for (std::size_t i = 0; i < pages.size(); ++i) {
    site.put(batch, folder, (i < 9 ? "00" : "0") + std::to_string(i + 1) + ".jpg", pages[i]);
  }
}

json metadataOf(const NightSite& site, int dossier) {
  return json::parse(slurp(site.objectPlace(dossierCode(dossier)) / "v1/content/metadata.json"));
}

std::vector<std::string> originalsOf(const json& metadata) {
  std::vector<std::string> names;
  for (const json& one : metadata.at("originals")) {
    names.push_back(one.at("name").get<std::string>() +
                    (one.value("separator", false) ? " separator" : ""));
  }
  return names;
}

TEST(Stack, BecomesItsDossiersWhetherFolderTiffOrPdf) {
  const NightSite site;
  site.configure("min_confidence", "0.0");
  site.configure("max_unread_ink", "1.0");
  site.configure("file_by_hand", "true");
  putFolder(site, "lô", "stack-001", goodStack(1));
  spill(site.intake("lô") / "xấp.pdf", pagesAsPdf(goodStack(3), 200));
  spill(site.intake("lô") / "b.tif", pagesAsTiff(goodStack(5, false), 200));
  site.put("lô", "thư mục lạ", "001.jpg", content(9));
  site.close("lô");
  const std::string stackPdf = slurp(site.intake("lô") / "xấp.pdf");

  const NightOutput night = site.run();
  EXPECT_EQ(night.cause("thư mục lạ"), "dossier.code");
  for (int n = 1; n <= 6; ++n)
    EXPECT_EQ(night.outcome(dossierCode(n)), "filed") << night.cause(dossierCode(n));
  EXPECT_EQ(night.count("received"), 7);
  EXPECT_TRUE(night.event("summary").at("balances").get<bool>());

  const json folder = metadataOf(site, 1);
  EXPECT_THAT(originalsOf(folder),
              ElementsAre("sheet-0001.jpg separator", "page-0002.jpg", "page-0003.jpg"));
  EXPECT_EQ(folder.at("documents").at(0).at("pages").size(), 2u);
  EXPECT_EQ(folder.at("originals").at(1).at("source").at("file"), "002.jpg");
  EXPECT_EQ(folder.at("originals").at(1).at("source").at("sha512"),
            folder.at("originals").at(1).at("sha512"));

  const json pdf = metadataOf(site, 3);
  EXPECT_THAT(originalsOf(pdf), ElementsAre("sheet-0001.pdf separator", "page-0002-0003.pdf"));
  EXPECT_EQ(pdf.at("originals").at(1).at("source").at("first_page"), 2);
  EXPECT_EQ(pdf.at("originals").at(1).at("source").at("last_page"), 3);
  // The stack's digest leads from the dossier to the file that came in; it is kept, and nothing of
  // the other dossier is in this one.
  EXPECT_EQ(slurp(site / "state/processed/lô/xấp.pdf"), stackPdf);
  EXPECT_LT(fs::file_size(site.objectPlace(dossierCode(4)) / "v1/content/originals/page-0005.pdf"),
            stackPdf.size() / 3);
  EXPECT_EQ(metadataOf(site, 5).at("documents").at(0).at("pages").size(), 2u);
  EXPECT_EQ(site.auditFailure(), "");

  const CommandResult rebuilt = site.sohoa({"--json", "catalogue", "rebuild"});
  EXPECT_EQ(rebuilt.exitCode, 0) << rebuilt.describe();
}

TEST(HeldStack, WaitsForAPersonWhoDividesIt) {
  const NightSite site;
  site.configure("min_confidence", "0.0");
  site.configure("max_unread_ink", "1.0");
  site.configure("file_by_hand", "true");
  // The code of the second sheet is torn: its marks alone are seen.
  putFolder(
      site, "lô", "stack-001",
      {sheet(1, 1, 1), content(1), sheet(2, 2, 2, {.tornCode = 0.6}), content(2), content(102)});
  spill(site.intake("lô") / "scan.pdf", pagesAsPdf({content(7), sheet(8, 1, 1), content(8)}, 200));
  site.close("lô");
  const auto before = contentsOf(site.intake("lô"));
  const NightOutput night = site.run();
  EXPECT_EQ(brokenPromises(site, night, before), "");
  EXPECT_EQ(night.cause("stack-001"), "stack.one_signal");
  EXPECT_EQ(night.cause("scan.pdf"), "stack.before_first_sheet");
  EXPECT_EQ(night.count("held"), 2);
  EXPECT_TRUE(fs::exists(site / "review/scan.pdf@lô/scans/scan.pdf"));

  const std::string stack = "stack-001@lô";
  EXPECT_EQ(site.sohoa({"review", "accept", stack, "--reason", "x"}).exitCode, 3);
  const CommandResult shown = site.sohoa({"--lang", "en", "review", "show", stack});
  EXPECT_NE(shown.out.find("page 3: marks of a separator sheet"), std::string::npos)
      << shown.describe();

  // A page that belongs nowhere, a page twice, a code that nobody knows: usage errors.
  const auto split = [&](std::vector<std::string> ranges) {
    ranges.insert(ranges.begin(), {"review", "split", stack});
    ranges.insert(ranges.end(), {"--reason", "xé mã", "--by", "Lan"});
    return site.sohoa(ranges);
  };
  const std::string one = dossierCode(1) + "=2", two = dossierCode(2) + "=4-5";
  EXPECT_EQ(split({one, two}).exitCode, 2);  // page 3 is nobody's
  EXPECT_EQ(split({one, two, dossierCode(2) + "=5", "--aside", "3"}).exitCode, 2);
  EXPECT_EQ(split({one, dossierCode(99) + "=4-5", "--aside", "3"}).exitCode, 2);
  const CommandResult done = split({one, two, "--aside", "3"});
  EXPECT_EQ(done.exitCode, 0) << done.describe();
  EXPECT_EQ(site.sohoa({"review", "reject", "scan.pdf@lô", "--reason", "quét lại"}).exitCode, 0);

  const NightOutput next = site.run();
  EXPECT_EQ(next.outcome(dossierCode(1)), "filed") << next.describe();
  EXPECT_EQ(next.outcome(dossierCode(2)), "filed");
  EXPECT_EQ(metadataOf(site, 2).at("documents").at(0).at("pages").size(), 2u);
  EXPECT_FALSE(fs::exists(site / "review" / stack));
  EXPECT_EQ(contentsOf(site / "state/processed/lô/stack-001").size(), 5u);
  EXPECT_EQ(site.auditFailure(), "");
  EXPECT_EQ(site.sohoa({"--json", "catalogue", "rebuild"}).exitCode, 0);
  EXPECT_EQ(site.auditFailure(), "");
}

TEST(Stack, ThatSharesADossierWithAFolderLeavesBothToAPerson) {
  const NightSite site;
  putFolder(site, "lô", "Stack 2", {sheet(1, 1, 1), content(1)});
  site.put("lô", dossierCode(1), "001.jpg", content(2));
  site.close("lô");
  const NightOutput night = site.run();
  EXPECT_EQ(night.cause("Stack 2"), "stack.code_twice");
  EXPECT_EQ(night.cause(dossierCode(1)), "dossier.duplicate");
}

TEST(RunThatIsKilled, WhileItDividesAStackEndsLikeAnUndisturbedOne) {
  const NightSite site;
  site.configure("min_confidence", "0.0");
  site.configure("max_unread_ink", "1.0");
  site.configure("file_by_hand", "true");
  putFolder(site, "lô", "stack-001", goodStack(1));
  site.close("lô");
  const auto before = contentsOf(site.intake("lô"));
  for (const int milliseconds : {900, 1200, 1500, 1800, 2100}) {
    Child child(site.command({"--json", "run", "--workers", "1"}));
    child.waitFor(std::chrono::milliseconds(milliseconds));
    child.signal(SIGKILL);
    ASSERT_TRUE(child.waitFor(std::chrono::seconds(10)).has_value());
  }
  const NightOutput night = site.run();
  for (const int n : {1, 2}) {
    EXPECT_EQ(metadataOf(site, n).at("documents").at(0).at("pages").size(), n == 1 ? 2u : 1u)
        << night.describe();
  }
  // Every image that came in is with the scans that are done.
  const auto kept = contentsOf(site / "state/processed");
  for (const std::string& hash : before) EXPECT_TRUE(kept.contains(hash)) << hash;
  EXPECT_EQ(site.auditFailure(), "");
}

TEST(SeparatorsCommand, PrintsASheetForEveryDossierOfTheRegisterAndRefusesOthers) {
  const NightSite site;
  const fs::path pdf = site / "tờ.pdf";
  const CommandResult done = site.sohoa({"separators", "print", dossierCode(1), dossierCode(2),
                                         "--pages", dossierCode(1) + "=5", "-o", pdf.string()});
  ASSERT_EQ(done.exitCode, 0) << done.describe();
  EXPECT_EQ(runCommand({"qpdf", "--check", pdf.string()}).exitCode, 0);
  const CommandResult text = runCommand({"pdftotext", "-layout", pdf.string(), "-"});
  EXPECT_NE(text.out.find("TỜ NGĂN CÁCH"), std::string::npos) << text.describe();
  EXPECT_NE(text.out.find(dossierCode(2)), std::string::npos);
  EXPECT_NE(text.out.find("Phòng Tài nguyên nước"), std::string::npos);
  EXPECT_NE(text.out.find("Nguyễn Văn An"), std::string::npos);

  // Scanned, it is read; without a count the whole print must be there.
  ASSERT_TRUE(
      runCommand({"pdftoppm", "-r", "200", "-jpeg", pdf.string(), (site / "tờ").string()}).ok());
  site.configure("min_confidence", "0.0");
  site.configure("max_unread_ink", "1.0");
  site.configure("file_by_hand", "true");
  std::vector<std::string> pages = {slurp(site / "tờ-1.jpg")};
  for (int i = 0; i < 5; ++i)
    pages.push_back(stackPage({.kind = StackPageLook::Kind::content, .seed = 50 + i}));
  pages.push_back(slurp(site / "tờ-2.jpg"));
  pages.push_back(content(60));
  putFolder(site, "lô", "stack", pages);
  site.close("lô");
  const NightOutput night = site.run();
  EXPECT_EQ(night.outcome(dossierCode(1)), "filed") << night.describe();
  EXPECT_EQ(night.outcome(dossierCode(2)), "filed");

  const CommandResult unknown = site.sohoa(
      {"separators", "print", "000.00.12.H46-210901-9999", "-o", (site / "x.pdf").string()});
  EXPECT_EQ(unknown.exitCode, 3) << unknown.describe();
  EXPECT_FALSE(fs::exists(site / "x.pdf"));
}

}  // namespace
}  // namespace sohoa::test
