#include "pipeline/export/bagit.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>

#include "core/durable.h"
#include "core/result.h"
#include "pipeline/export/dossier_json.h"
#include "storage/validator/validator.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> filesBelow(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// RFC 8493, 2.1.3: line breaks and the percent sign of a path are percent-encoded.
std::string manifestPath(const fs::path& path) {
  std::string text;
  for (const char c : path.generic_string()) {
    if (c == '%' || c == '\n' || c == '\r') {
      text += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      text += c;
    }
  }
  return text;
}

std::string manifestOf(const std::vector<fs::path>& files, const fs::path& bag) {
  std::string manifest;
  for (const fs::path& file : files) {
    manifest += sha512OfFile(file).hex() + "  " + manifestPath(file.lexically_relative(bag)) + "\n";
  }
  return manifest;
}

/// bag-info.txt has one line per value.
std::string oneLine(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text;
}

}  // namespace

BagSummary writeBag(const Site& site, const ExportedDossier& dossier, const fs::path& folder) {
  if (fs::exists(folder)) throw BatchError(Cause::diskError, folder.string() + " exists already");
  const Repository repository = Repository::open(site.repository());
  const fs::path layout = repository.objectPath(dossier.object),
                 object = site.repository() / layout;
  const fs::path bag = fs::absolute(folder).parent_path() /
                       fmt::format(".{}.{}.partial", folder.filename().string(), ::getpid());
  const fs::path copy = bag / "data" / layout.filename();
  fs::remove_all(bag);
  try {
    for (const fs::path& file : filesBelow(object)) {
      const fs::path target = copy / file.lexically_relative(object);
      createFoldersDurably(target.parent_path());
      copyFileDurably(file, target);
    }
    for (const OcflFinding& finding : validateOcflObject(copy)) {
      if (finding.warning()) continue;
      throw BatchError(
          Cause::repositoryDamaged,
          fmt::format("{}: {} {}: {}", dossier.object, finding.code, finding.where, finding.what));
    }
    const Time now = site.clock()->now();
    const std::string& agency = site.config().agency;
    createFoldersDurably(bag / "metadata");
    writeFileDurably(
        bag / "metadata/mets.xml",
        metsOf(dossier, "../data/" + layout.filename().string() + "/", "premis.xml", agency, now));
    writeFileDurably(bag / "metadata/premis.xml", premisOf(dossier, agency));
    writeFileDurably(bag / "metadata/dossier.json", dossierJson(dossier, agency, now));
    writeFileDurably(bag / "bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    BagSummary summary;
    const auto payload = filesBelow(bag / "data");
    for (const fs::path& file : payload) summary.bytes += fs::file_size(file);
    summary.files = payload.size();
    writeFileDurably(
        bag / "bag-info.txt",
        fmt::format("Source-Organization: {}\nExternal-Identifier: {}\n"
                    "Internal-Sender-Identifier: {}\nBagging-Date: {}\n"
                    "Payload-Oxum: {}.{}\nBag-Software-Agent: sohoa {}\n",
                    oneLine(agency), dossier.record.code, dossier.object, isoDay(vietnamDay(now)),
                    summary.bytes, summary.files, SOHOA_VERSION));
    writeFileDurably(bag / "manifest-sha512.txt", manifestOf(payload, bag));
    std::vector<fs::path> tags = filesBelow(bag / "metadata");
    for (const char* name : {"bag-info.txt", "bagit.txt", "manifest-sha512.txt"})
      tags.push_back(bag / name);
    writeFileDurably(bag / "tagmanifest-sha512.txt", manifestOf(tags, bag));
    renameDurably(bag, folder);
    return summary;
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(bag, ignored);
    throw;
  }
}

}  // namespace sohoa
