#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "tests/end_to_end/demo_site.h"
#include "tests/support/preflight.h"

// Judges that are not ours, on every PDF of the night.
namespace sohoa::test {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> filedPdfs() {
  std::vector<fs::path> pdfs;
  for (const auto& [code, truth] : sampleTruth()) {
    for (const auto& [logical, place] : finishedNight().files(code)) {
      if (logical.starts_with("documents/")) pdfs.push_back(place);
    }
  }
  return pdfs;
}

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> all;
  std::istringstream in(text);
  for (std::string word; in >> word;) all.push_back(word);
  return all;
}

/// Words of `wanted` found in `text` in their order, as a share (longest common subsequence).
double shareInOrder(const std::vector<std::string>& wanted, const std::vector<std::string>& text) {
  std::vector<int> best(text.size() + 1, 0);
  for (const std::string& word : wanted) {
    int diagonal = 0;
    for (std::size_t j = 0; j < text.size(); ++j) {
      const int above = best[j + 1];
      best[j + 1] = word == text[j] ? diagonal + 1 : std::max(above, best[j]);
      diagonal = above;
    }
  }
  return wanted.empty() ? 1.0
                        : static_cast<double>(best.back()) / static_cast<double>(wanted.size());
}

TEST(Judges, QpdfFindsNoFault) {
  ASSERT_FALSE(filedPdfs().empty());
  for (const fs::path& pdf : filedPdfs()) {
    const CommandResult check = runCommand({"qpdf", "--check", pdf.string()});
    EXPECT_EQ(check.exitCode, 0) << check.describe();
    EXPECT_EQ(check.out.find("WARNING"), std::string::npos);
  }
}

TEST(Judges, PdffontsSaysAllFontsAreEmbedded) {
  for (const fs::path& pdf : filedPdfs()) {
    std::istringstream lines(runCommand({"pdffonts", pdf.string()}).out);
    std::string line;
    std::getline(lines, line);
    const std::size_t column = line.find("emb");
    ASSERT_NE(column, std::string::npos);
    std::getline(lines, line);
    int fonts = 0;
    for (; std::getline(lines, line); ++fonts) EXPECT_EQ(line.substr(column, 3), "yes") << line;
    EXPECT_GE(fonts, 1);
  }
}

TEST(Judges, PreflightSaysPdfA1b) {
  if (!hasPreflight()) GTEST_SKIP() << "Java or libpdfbox2-java is not installed";
  for (const PreflightVerdict& verdict : preflight(filedPdfs())) {
    EXPECT_TRUE(verdict.valid) << verdict.file
                               << (verdict.findings.empty() ? "" : verdict.findings.front());
  }
}

TEST(Judges, PdftotextGivesTheRecognisedText) {
  for (const auto& [code, truth] : sampleTruth()) {
    const auto files = finishedNight().files(code);
    for (const auto& [logical, place] : files) {
      if (!logical.starts_with("documents/")) continue;
      const std::string name = fs::path(logical).stem().string();
      const auto recognised = words(slurp(files.at("text/" + name + ".txt")));
      const auto raw = words(runCommand({"pdftotext", "-raw", place.string(), "-"}).out);
      EXPECT_GE(shareInOrder(recognised, raw), 0.98) << code;
      // In the layout mode readers guess the order of columns; the words must be whole all the
      // same.
      const auto laidOut = words(runCommand({"pdftotext", place.string(), "-"}).out);
      const std::multiset<std::string> found(laidOut.begin(), laidOut.end());
      std::multiset<std::string> wanted(recognised.begin(), recognised.end()), missing;
      std::set_difference(wanted.begin(), wanted.end(), found.begin(), found.end(),
                          std::inserter(missing, missing.end()));
      EXPECT_LE(missing.size(), wanted.size() / 50) << code;
    }
  }
}

TEST(Judges, PdfsigSaysValidAndWholeDocument) {
  for (const fs::path& pdf : filedPdfs()) {
    const CommandResult checked = runCommand({"pdfsig", "-nocert", pdf.string()});
    EXPECT_NE(checked.out.find("Signature is Valid"), std::string::npos) << checked.describe();
    EXPECT_NE(checked.out.find("Total document signed"), std::string::npos) << checked.describe();
    EXPECT_NE(checked.out.find("ETSI.CAdES.detached"), std::string::npos) << checked.describe();
  }
}

TEST(Judges, OpensslAcceptsTheExtractedCms) {
  const TemporaryFolder folder;
  for (const fs::path& pdf : filedPdfs()) {
    const std::string bytes = slurp(pdf);
    const std::size_t at = bytes.rfind("/ByteRange");
    ASSERT_NE(at, std::string::npos);
    std::istringstream numbers(bytes.substr(bytes.find('[', at) + 1, 80));
    std::size_t a = 0, b = 0, c = 0, d = 0;
    ASSERT_TRUE(numbers >> a >> b >> c >> d);
    std::string cms;
    for (std::size_t i = a + b + 1; i + 1 < c - 1; i += 2) {
      cms += static_cast<char>(std::stoi(bytes.substr(i, 2), nullptr, 16));
    }
    spill(folder / "content", bytes.substr(a, b) + bytes.substr(c, d));
    spill(folder / "cms", cms);
    std::string root;
    for (const auto& anchor : fs::directory_iterator(finishedNight().path() / "trust"))
      root = anchor.path();
    const CommandResult verified =
        runCommand({"openssl", "cms", "-verify", "-binary", "-cades", "-inform", "DER", "-in",
                    (folder / "cms").string(), "-content", (folder / "content").string(), "-CAfile",
                    root, "-purpose", "any", "-out", "/dev/null"});
    EXPECT_EQ(verified.exitCode, 0) << verified.describe();
    const CommandResult parsed =
        runCommand({"openssl", "asn1parse", "-inform", "DER", "-in", (folder / "cms").string()});
    EXPECT_EQ(parsed.out.find("signingTime"), std::string::npos);  // EN 319 142-1, 6.3
  }
}

TEST(Judges, PdfimagesGivesBackTheScannersJpegByteForByte) {
  const TemporaryFolder folder;
  int compared = 0;
  for (const auto& [code, truth] : sampleTruth()) {
    const auto files = finishedNight().files(code);
    std::vector<std::string> originals;
    std::string document;
    for (const auto& [logical, place] : files) {
      if (logical.starts_with("originals/") && logical.ends_with(".jpg"))
        originals.push_back(slurp(place));
      if (logical.starts_with("documents/")) document = place;
    }
    if (originals.empty()) continue;
    const fs::path prefix = folder / code;
    ASSERT_TRUE(runCommand({"pdfimages", "-j", document, prefix.string()}).ok());
    std::set<std::string> extracted;
    for (const auto& file : fs::directory_iterator(folder.path())) {
      if (file.path().filename().string().starts_with(code)) extracted.insert(slurp(file.path()));
    }
    for (const std::string& original : originals) {
      EXPECT_TRUE(extracted.contains(original)) << code;
      ++compared;
    }
  }
  EXPECT_GT(compared, 5);
}

}  // namespace
}  // namespace sohoa::test
