#include "storage/catalogue/dossier_object.h"

#include <stdexcept>

#include "core/durable.h"
#include "core/result.h"

namespace sohoa {

namespace fs = std::filesystem;

std::string joinPages(const std::vector<std::string>& pages) {
  std::string text;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (i > 0) text += '\f';
    for (char c : pages[i]) text += c == '\f' ? '\n' : c;
  }
  return text;
}

std::vector<std::string> splitPages(const std::string& text, std::size_t expected) {
  std::vector<std::string> pages;
  if (text.empty() && expected == 0) return pages;
  for (std::size_t at = 0;;) {
    const auto end = text.find('\f', at);
    pages.push_back(text.substr(at, end - at));
    if (end == std::string::npos) return pages;
    at = end + 1;
  }
}

DossierRecord readRecord(const fs::path& metadata) try {
  return recordFromJson(readFile(metadata));
} catch (const std::runtime_error& error) {  // fs::filesystem_error among them
  throw BatchError(Cause::repositoryDamaged, metadata.string() + ": " + error.what());
}

DossierObject::DossierObject(const Repository& repository, const std::string& dossierCode)
    : repository_(repository), id_(std::string(kDossierObjectPrefix) + dossierCode) {}

int DossierObject::head() const { return repository_.head(id_).value_or(0); }

std::optional<DossierRecord> DossierObject::record(int version) const {
  const auto files = repository_.files(id_, version);
  const auto metadata = files.find(std::string(kRecordFile));
  if (metadata == files.end()) return std::nullopt;
  return readRecord(metadata->second);
}

DossierRecord DossierObject::requireRecord(int version) const {
  auto found = record(version);
  if (!found) throw BatchError(Cause::repositoryDamaged, id_ + ": metadata.json is missing");
  return std::move(*found);
}

std::vector<Catalogue::DocumentText> DossierObject::texts(const DossierRecord& record) const {
  std::vector<Catalogue::DocumentText> texts;
  for (const DocumentRecord& document : record.documents) {
    const auto file = repository_.find(id_, "text/" + document.code + ".txt");
    if (!file) continue;
    texts.push_back({document.code, splitPages(readFile(*file), document.pages.size())});
  }
  return texts;
}

int DossierObject::commit(Repository& repository, int head, const DossierRecord& record,
                          const std::map<std::string, fs::path>& replaced,
                          const VersionInfo& info) const {
  std::vector<ContentFile> files;
  for (const auto& [logical, place] : repository.files(id_)) {
    if (logical == kRecordFile) continue;
    const auto made = replaced.find(logical);
    files.push_back({logical, made != replaced.end() ? made->second : place, ""});
  }
  files.push_back({std::string(kRecordFile), "", toJson(record)});
  return repository.commit(id_, head, files, info);
}

}  // namespace sohoa
