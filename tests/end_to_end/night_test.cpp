#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "core/digest.h"
#include "tests/end_to_end/demo_site.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

json summaryOf(const CommandResult& run) {
  for (const json& line : jsonLines(run.out)) {
    if (line.at("event") == "summary") return line;
  }
  return {};
}

std::vector<std::string> filedDossiers() {
  std::vector<std::string> codes;
  for (const auto& [code, truth] : sampleTruth()) {
    if (truth.at("expected") == "filed") codes.push_back(code);
  }
  return codes;
}

TEST(Night, GivesEveryDossierTheEndThatTheSamplesForesee) {
  const CommandResult& run = finishedNightRun();
  EXPECT_EQ(run.exitCode, 3) << run.describe();
  std::map<std::string, std::string> outcomes;
  for (const json& line : jsonLines(run.out)) {
    if (line.at("event") == "decided") outcomes[line.at("dossier")] = line.at("outcome");
  }
  ASSERT_EQ(outcomes.size(), sampleTruth().size());
  for (const auto& [code, truth] : sampleTruth())
    EXPECT_EQ(outcomes[code], truth.at("expected")) << code;
}

TEST(Night, EndsWithASummaryThatAddsUp) {
  const json summary = summaryOf(finishedNightRun());
  EXPECT_EQ(summary.at("received"), sampleTruth().size());
  EXPECT_EQ(summary.at("filed").get<int>() + summary.at("held").get<int>() +
                summary.at("quarantined").get<int>(),
            summary.at("received").get<int>());
  EXPECT_EQ(summary.at("remaining"), 0);
}

TEST(Night, KeepsEveryOriginalByteForByte) {
  const fs::path intake = sourceFolder() / "samples/intake";
  std::map<std::string, fs::path> scans;
  for (const auto& batch : fs::directory_iterator(intake)) {
    for (const auto& dossier : fs::directory_iterator(batch.path())) {
      scans[dossier.path().filename().string()] = dossier.path();
    }
  }
  for (const std::string& code : filedDossiers()) {
    const auto files = finishedNight().files(code);
    int originals = 0;
    for (const auto& file : fs::directory_iterator(scans.at(code))) {
      const auto kept = files.find("originals/" + file.path().filename().string());
      ASSERT_NE(kept, files.end()) << file.path();
      EXPECT_EQ(sha512OfFile(kept->second), sha512OfFile(file.path()));
      ++originals;
    }
    EXPECT_EQ(originals, std::count_if(files.begin(), files.end(), [](const auto& file) {
                return file.first.starts_with("originals/");
              }));
  }
}

TEST(Night, PagesInEqualPagesOut) {
  for (const std::string& code : filedDossiers()) {
    const auto files = finishedNight().files(code);
    const json record = json::parse(slurp(files.at("metadata.json")));
    std::size_t pages = 0, originals = 0;
    for (const json& document : record.at("documents")) {
      const CommandResult counted = runCommand(
          {"qpdf", "--show-npages", files.at(document.at("file").get<std::string>()).string()});
      EXPECT_EQ(std::stoul(counted.out), document.at("pages").size()) << code;
      pages += document.at("pages").size();
    }
    for (const json& original : record.at("originals"))
      originals += original.at("pages").get<std::size_t>();
    EXPECT_EQ(pages, originals) << code;
    EXPECT_EQ(pages, sampleTruth().at(code).at("pages").size()) << code;
  }
}

// The reading of a page depends on that page alone: not on who reads it, and after what.
TEST(Night, ReadsTheSameBytesWithOtherWorkersAndInAnotherOrder) {
  std::vector<std::string> some = filedDossiers();
  some.resize(3);
  for (const char* workers : {"1", "3"}) {
    const DemoSite site;
    site.importRegister();
    // A batch each, last first: other pages come before each page than in the night.
    for (std::size_t i = 0; i < some.size(); ++i) {
      site.drop("b" + std::to_string(some.size() - i), {some[i]});
    }
    const CommandResult run = site.sohoa({"--json", "run", "--workers", workers});
    ASSERT_EQ(run.exitCode, 0) << run.describe();
    for (const std::string& code : some) {
      int compared = 0;
      const auto there = site.files(code);
      for (const auto& [logical, place] : finishedNight().files(code)) {
        if (!logical.starts_with("text/")) continue;
        ++compared;
        ASSERT_TRUE(there.contains(logical)) << logical;
        EXPECT_EQ(slurp(there.at(logical)), slurp(place)) << logical << ", workers " << workers;
      }
      EXPECT_GE(compared, 2) << code;
    }
  }
}

TEST(Night, RunAgainOnTheSameScansFilesNothingTwice) {
  const DemoSite site(finishedNight(), "copy");
  const auto before = site.tree("repository");
  site.drop("once-more", {filedDossiers().at(0), filedDossiers().at(1)});
  const CommandResult again = site.sohoa({"--json", "run"});
  EXPECT_EQ(again.exitCode, 0) << again.describe();
  EXPECT_EQ(summaryOf(again).at("filed"), 2);
  EXPECT_EQ(summaryOf(again).at("pages"), 0);
  EXPECT_EQ(site.tree("repository"), before);
}

TEST(Night, LeavesASiteThatAuditsClean) {
  const CommandResult audit = finishedNight().sohoa({"--json", "audit", "--full"});
  EXPECT_EQ(audit.exitCode, 0) << audit.describe();
  const json last = jsonLines(audit.out).back();
  EXPECT_EQ(last.at("errors"), 0);
  EXPECT_EQ(last.at("objects"), filedDossiers().size() + 1);  // and the register
}

TEST(Night, AuditFindsOneFlippedByteInAFiledDocument) {
  const DemoSite site(finishedNight(), "copy");
  for (const auto& [logical, place] : site.files(filedDossiers().front())) {
    if (!logical.ends_with(".pdf") || !logical.starts_with("documents/")) continue;
    std::string bytes = slurp(place);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    fs::permissions(place, fs::perms::owner_write, fs::perm_options::add);
    spill(place, bytes);
  }
  const CommandResult audit = site.sohoa({"--json", "audit", "--full"});
  EXPECT_EQ(audit.exitCode, 3);
  EXPECT_NE(audit.out.find("\"E092\""), std::string::npos) << audit.out;
}

TEST(Night, CatalogueIsRebuiltEqualFromTheRepositoryAlone) {
  const DemoSite site(finishedNight(), "copy");
  const auto found = site.sohoa({"--json", "search", "quyet dinh"});
  for (const char* suffix : {"", "-wal", "-shm"}) {
    fs::remove(site.path() / ("state/catalogue.sqlite" + std::string(suffix)));
  }
  EXPECT_EQ(site.sohoa({"catalogue", "rebuild"}).exitCode, 0);
  EXPECT_EQ(site.sohoa({"--json", "search", "quyet dinh"}).out, found.out);
  EXPECT_EQ(site.sohoa({"audit"}).exitCode, 0);
}

TEST(Night, SearchFindsWithAndWithoutDiacritics) {
  for (const char* query : {"quyet dinh", "Quyết định", "\"quyet dinh\""}) {
    const CommandResult search = finishedNight().sohoa({"--json", "search", query});
    EXPECT_FALSE(jsonLines(search.out).empty()) << query;
  }
  EXPECT_TRUE(jsonLines(finishedNight().sohoa({"--json", "search", "zzzzqqq"}).out).empty());
}

TEST(Night, ReportCountsAgainstTheRegister) {
  const CommandResult run =
      finishedNight().sohoa({"report", "--period", "2021-08", "--format", "json"});
  const json total = json::parse(run.out).at("total");
  // The denominator comes from the register alone: count its rows of August.
  std::int64_t received = 0;
  std::istringstream rows(slurp(sourceFolder() / "samples/register.csv"));
  for (std::string row; std::getline(rows, row);) {
    received += row.find("-2108") == 13 ? 1 : 0;  // 000.00.12.H46-2108dd-nnnn
  }
  EXPECT_EQ(total.at("received"), received);
  EXPECT_EQ(total.at("digitised"), filedDossiers().size());
  const CommandResult list = finishedNight().sohoa({"report", "--period", "2021-08", "--list"});
  EXPECT_EQ(std::count(list.out.begin(), list.out.end(), '\n'), received + 1);
}

TEST(Night, VerifyAndExportAgreeWithWhatWasFiled) {
  const std::string code = filedDossiers().front();
  EXPECT_EQ(finishedNight().sohoa({"verify", code}).exitCode, 0);
  const TemporaryFolder out;
  EXPECT_EQ(finishedNight().sohoa({"export", code, "--to", out.path().string()}).exitCode, 0);
  for (const auto& [logical, place] : finishedNight().files(code)) {
    EXPECT_EQ(slurp(out / code / logical), slurp(place)) << logical;
  }
}

TEST(Night, ExportsSmallCopiesThatReadTheSame) {
  const std::string code = filedDossiers().front();
  const TemporaryFolder out;
  const CommandResult done =
      finishedNight().sohoa({"--json", "export", code, "--access", "--to", out.path().string()});
  ASSERT_EQ(done.exitCode, 0) << done.describe();
  const auto lines = jsonLines(done.out);
  ASSERT_FALSE(lines.empty());
  for (const json& line : lines) {
    EXPECT_EQ(line.at("event"), "access_copy");
    EXPECT_LE(line.at("image_bytes"), line.at("image_bytes_before"));
    const std::string document = line.at("document");
    const fs::path copy = out / code / "access" / (document + ".pdf");
    EXPECT_TRUE(runCommand({"qpdf", "--check", copy.string()}).ok());
    const auto words = runCommand({"pdftotext", "-raw", "-f", "2", copy.string(), "-"});
    const fs::path filed = finishedNight().files(code).at("documents/" + document + ".pdf");
    EXPECT_EQ(words.out, runCommand({"pdftotext", "-raw", "-f", "2", filed.string(), "-"}).out);
  }
}

TEST(Night, AHeldDossierThatIsAcceptedIsFiledWithTheDecision) {
  const DemoSite site(finishedNight(), "copy");
  const CommandResult list = site.sohoa({"--json", "review", "list"});
  const std::string code = jsonLines(list.out).front().at("dossier");
  const CommandResult accepted = site.sohoa(
      {"review", "accept", code, "--reason", "đã đối chiếu bản giấy", "--by", "Nguyễn Thị Kiểm"});
  EXPECT_EQ(accepted.exitCode, 0) << accepted.describe();
  const json record = json::parse(slurp(site.files(code).at("metadata.json")));
  EXPECT_EQ(record.at("decision").at("person"), "Nguyễn Thị Kiểm");
  EXPECT_FALSE(fs::exists(site.path() / "review" / code));
  EXPECT_EQ(site.sohoa({"audit", "--full"}).exitCode, 0);
}

}  // namespace
}  // namespace sohoa::test
