using System.Security.Cryptography;
using System.Text;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Meetings;

/// <summary>Codes by which a voter finds their ballot again: eight letters and digits ("7F3A-91C2") derived from where and by which command it was recorded, so that anyone can compute them anew from the log.</summary>
public static class Receipts
{
    public static string Of(Recorded<MeetingEvent> recorded)
    {
        var code = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{recorded.Stream}\n{recorded.Version}\n{recorded.Command}"))).AsSpan(0, 4));
        return $"{code[..4]}-{code[4..]}";
    }
}
