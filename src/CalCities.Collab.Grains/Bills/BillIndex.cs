using System.Globalization;
using System.Text;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Bills;

/// <summary>The list of bills: search, filters, and what the import has told each bill last. Its one topic is "bills/all".</summary>
internal sealed class BillIndex : IIndex
{
    public const string Key = "all";

    public string Name => "bills";
    public int Version => 1;
    public IReadOnlyList<string> Tables => ["bills", "bill_committees"];

    public void Project(Recorded<object> recorded, IndexBatch batch)
    {
        if (recorded.Event is not BillEvent told)
            return;
        var bill = recorded.Stream.Key;
        batch.Touch(Key);
        switch (told)
        {
            case BillEvent.Introduced e:
                batch.Run("insert into bills (bill, years, session, measure, number) values (@bill, @Years, @Session, @Measure, @Number)",
                    new { bill, e.Number.Years, e.Number.Session, e.Number.Measure, e.Number.Number });
                break;
            case BillEvent.Titled e:
                batch.Run("update bills set subject = @Subject, subject_words = @words where bill = @bill",
                    new { bill, e.Subject, words = Words(e.Subject) });
                break;
            case BillEvent.Authored e:
                batch.Run("update bills set authors = @authors, author_words = @words where bill = @bill",
                    new { bill, authors = BillView.NamesOf(e.Authors), words = Words(string.Join(' ', e.Authors.Select(a => a.Name))) });
                break;
            case BillEvent.Placed { Place: var place }:
                batch.Run("update bills set house = @House, secondary = @Secondary, location = @Location, status = @status, whereabouts = @whereabouts where bill = @bill",
                    new { bill, place.House, place.Secondary, place.Location, status = place.Status ?? "", whereabouts = BillView.WhereaboutsOf(place, code => code) });
                break;
            case BillEvent.HistoryTold { Actions: [.., var last] }:
                batch.Run("update bills set last_date = @date, last_action = @Text where bill = @bill",
                    new { bill, date = last.Date.ToString("o", CultureInfo.InvariantCulture), last.Text });
                break;
            case BillEvent.CommitteesNamed e:
                foreach (var committee in e.Committees)
                    batch.Run("insert into bill_committees (code, house, name) values (@Code, @House, @Name) on conflict (code) do update set house = excluded.house, name = excluded.name",
                        committee);
                break;
            case BillEvent.Observed e:
                batch.Run("update bills set version = @Version, fingerprint = @Fingerprint where bill = @bill",
                    new { bill, recorded.Version, e.Fingerprint });
                break;
            case BillEvent.HistoryTold or BillEvent.Printed or BillEvent.RollCalled:
                break;
            default:
                throw new System.Diagnostics.UnreachableException($"The list of bills doesn't know {told.GetType().Name}.");
        }
    }

    /// <summary>The words of a text as search compares them: " limon s housing element ".</summary>
    internal static string Words(string text)
    {
        var words = new StringBuilder(" ", text.Length + 2);
        foreach (var c in text.Select(char.ToLowerInvariant))
        {
            if (char.IsLetterOrDigit(c))
                words.Append(Accented.IndexOf(c) is >= 0 and var at ? Plain[at] : c);
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark && words[^1] != ' ')
                words.Append(' ');
        }

        return words[^1] == ' ' ? words.ToString() : words.Append(' ').ToString();
    }

    // The hub runs without the system's Unicode tables, which would take letters apart; these are the accents of Californian names.
    private const string Accented = "áàâäãåçéèêëíìîïñóòôöõøúùûüýÿ";
    private const string Plain = "aaaaaaceeeeiiiinoooooouuuuyy";
}
