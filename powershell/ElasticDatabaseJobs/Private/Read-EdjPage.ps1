# All items of a listing that comes in pages.
function Read-EdjPage {
    [CmdletBinding()]
    param(
        [string] $Route,
        [hashtable] $Path = @{},
        [hashtable] $Query = @{},
        [object] $Connection,
        [object] $Subject,
        [int] $PageSize = 1000
    )

    $after = $null
    do {
        $page = @{ limit = $PageSize; after = $after }
        $pageJobExecution = Invoke-EdjRequest $Route -Path $Path -Query ($Query + $page) -Connection $Connection -Subject $Subject
        $pageJobExecution.items
        $after = $pageJobExecution.next
    } while ($null -ne $after)
}
