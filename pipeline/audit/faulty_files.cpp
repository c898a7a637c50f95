#include "pipeline/audit/faulty_files.h"

#include "storage/tables/csv.h"

namespace sohoa {

std::string faultyFilesCsv(const std::vector<FaultyFile>& files) {
  std::string csv = "\xef\xbb\xbfname,address,medium,folder,reason,found_at\r\n";
  for (const FaultyFile& file : files) {
    for (const std::string& field :
         {file.name, file.address, file.medium, file.folder, file.reason}) {
      csv += csvField(field) + ",";
    }
    csv += isoVietnam(file.foundAt) + "\r\n";
  }
  return csv;
}

}  // namespace sohoa
